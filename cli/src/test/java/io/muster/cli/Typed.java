package io.muster.cli;

import io.muster.node.LoneNode;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command as it was typed, run in this process: its exit code and what it printed.
record Typed(int code, String out, String err) {

    static Typed run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = Muster.commandLine();
        // Buffered as standard output is: what a command does not flush is lost at the end of the process.
        line.setOut(new PrintWriter(new BufferedWriter(out))).setErr(new PrintWriter(err, true));
        int code = Muster.run(line, words);
        return new Typed(code, out.toString(), err.toString());
    }

    /// Runs it against `node`, whose folder is `folder`.
    static Typed at(LoneNode node, Path folder, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", node.address()));
        all.addAll(List.of("--key-file", folder.resolve("data/admin.key").toString()));
        return run(all.toArray(String[]::new));
    }

    List<String> lines() {
        return out.lines().toList();
    }

    @Override
    public String toString() {
        return "exit code " + code + "\n" + out + err;
    }
}

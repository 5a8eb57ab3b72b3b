package io.muster.cli;

import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// How a command answers: in words, or as the JSON of the API, one document.
final class Printing {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON instead of text.")
    private boolean isJson;

    boolean isJson() {
        return isJson;
    }

    /// Prints the record as JSON.
    static void json(CommandSpec spec, Object document) {
        line(spec, (document instanceof Bytes raw ? raw : Json.write(document)).text());
    }

    static void table(CommandSpec spec, TextTable table) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Terminal.isColoured() ? table.coloured() : table.toString());
        out.flush();
    }

    static void line(CommandSpec spec, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    /// A remark beside the answer, on standard error.
    static void remark(CommandSpec spec, String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }
}

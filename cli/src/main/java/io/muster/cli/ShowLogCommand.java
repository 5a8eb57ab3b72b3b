package io.muster.cli;

import io.muster.encoding.Bytes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster log`: the last commands on values, as each node has applied them from the replicated log.
@Command(
        name = "log",
        description = "Show the last commands on values that each node has applied: term, index, command, in JSON.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "These are what POST /api/command was sent; jobs, audits and keys stand in the same replicated log",
            "and are not shown: see muster job list. What a node prints is in the file that muster up names."
        })
public final class ShowLogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            Bytes answer = client.read("/api/logs");
            if (printing.isJson()) {
                Printing.json(spec, answer);
            } else {
                Printing.line(spec, AdvisoryText.oneLine(answer.text()));
            }
            return ExitCode.WELL.number();
        });
    }
}

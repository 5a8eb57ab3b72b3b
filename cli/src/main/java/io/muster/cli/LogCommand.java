package io.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster log`: the replicated log as each node has it.
@Command(name = "log", description = "Show the last entries of each node's log.", mixinStandardHelpOptions = true)
public final class LogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            spec.commandLine().getOut().println(client.read("/api/logs").text());
            return 0;
        });
    }
}

package io.muster.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster down`: ends the cluster that `muster up` runs, wherever that was started.
@Command(
        name = "down",
        description = "End the cluster that muster up runs; its data stays.",
        footer = {"", "Exit codes: 0 ended, 3 none runs there, 4 still ending after a minute."})
final class DownCommand implements Callable<Integer> {
    /// Longer than running jobs are waited for.
    private static final int PATIENCE_SECONDS = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".muster/up",
            description = "Where it keeps everything (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".muster/up");

    @Override
    public Integer call() throws InterruptedException {
        Path folder = data.toAbsolutePath().normalize();
        var process = UpPidFile.find(folder)
                .orElseThrow(() -> new CannotDo(ExitCode.NOT_FOUND, "no muster up runs a cluster in " + folder));
        process.destroy();
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CannotDo(ExitCode.TIMED_OUT, "process " + process.pid() + " is still ending");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of process " + process.pid() + " cannot be awaited", e);
        }
        spec.commandLine().getOut().println("the cluster in " + folder + " has ended");
        spec.commandLine().getOut().flush();
        return ExitCode.WELL.number();
    }
}

package io.muster.cli;

import io.muster.encoding.Tether;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node that joins a cluster by an invitation, as a process of its own.
final class GuestNode implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final List<String> command;
    private final Path output;
    private Process process;

    private GuestNode(List<String> command, Path output) {
        this.command = command;
        this.output = output;
        process = start();
    }

    /// Starts `muster node --join` with these words behind it.
    static GuestNode join(Path folder, String token, String... more) {
        return join(List.of(), folder, token, more);
    }

    /// The same by way of another program, such as one that changes the network first.
    static GuestNode join(List<String> within, Path folder, String token, String... more) {
        var command = new ArrayList<>(within);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Muster.class.getName()));
        command.addAll(List.of("node", "--join", token, "--data", folder.toString()));
        command.addAll(List.of(more));
        command.addAll(
                List.of("--end-with", Long.toString(ProcessHandle.current().pid())));
        return new GuestNode(Tether.of(command), folder.resolveSibling(folder.getFileName() + ".log"));
    }

    /// Starts it once more with the same words.
    void startAgain() {
        process = start();
    }

    /// Ends it with SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Asks it to end; answers its exit code.
    int end() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until it ends by itself.
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + output());
        }
        return process.exitValue();
    }

    /// What it has printed so far.
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a guest printed", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Process start() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a guest", e);
        }
    }
}

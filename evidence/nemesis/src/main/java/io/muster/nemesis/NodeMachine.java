package io.muster.nemesis;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A machine of the cluster: a process in a network of its own, with a disk and a clock of its own.
final class NodeMachine {
    /// The log, two snapshots and the history of some minutes, with room to spare.
    private static final String DISK_SIZE = "size=192m";

    private static final int FILL_BYTES = 1 << 20;

    /// By then a node has joined its cluster again, as a rule.
    private static final long JUMP_AFTER_MILLIS = 5_000;

    private final int number;
    private final Path folder;
    private final Path muster;
    private final Path disk;
    private final Path clock;
    private final Optional<Path> faketime;
    private @Nullable Process process;
    private boolean hasOwnClock;

    /// @param muster the launcher
    /// @param faketime the library that moves a process's clock; none where it is not installed
    NodeMachine(int number, Path folder, Path muster, Optional<Path> faketime) {
        this.number = number;
        this.folder = folder;
        this.muster = muster;
        this.faketime = faketime;
        disk = folder.resolve("data").resolve("node-" + number);
        clock = folder.resolve("clock-" + number);
    }

    int number() {
        return number;
    }

    String address() {
        return "https://" + Namespaces.address(number) + ":7102";
    }

    /// Mounts its disk.
    void prepare() throws IOException, InterruptedException {
        Files.createDirectories(disk);
        Shell.run("mount", "-t", "tmpfs", "-o", DISK_SIZE + ",mode=0700", "tmpfs", disk.toString());
    }

    /// Starts its process, with the clock of this computer.
    void start() throws IOException {
        start(Optional.empty());
    }

    /// Starts its process anew and then sets its wall clock off by so many seconds while it runs. Only such a process
    /// runs under the library: there each look at the wall clock takes ten microseconds.
    void jumpClock(int seconds) throws IOException, InterruptedException {
        kill();
        Files.writeString(clock, "+0");
        start(faketime);
        hasOwnClock = true;
        TimeUnit.MILLISECONDS.sleep(JUMP_AFTER_MILLIS);
        Files.writeString(clock, (seconds < 0 ? "" : "+") + seconds);
    }

    /// Ends a process whose clock was set off.
    void endOwnClock() throws InterruptedException {
        if (hasOwnClock) {
            kill();
            hasOwnClock = false;
        }
    }

    private void start(Optional<Path> library) throws IOException {
        var command = new ArrayList<>(Namespaces.in(number));
        command.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--", muster.toString(), "node"));
        command.addAll(List.of("--config", folder.resolve("muster.yaml").toString(), "--id", "node-" + number));
        File log = folder.resolve("node-" + number + ".log").toFile();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("MUSTER_HEAP", "320m");
        library.ifPresent(file -> {
            builder.environment().put("LD_PRELOAD", file.toString());
            builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
            builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            builder.environment().put("FAKETIME_CACHE_DURATION", "1");
        });
        process = builder.start();
    }

    boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /// What a power failure does to a process.
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor();
        }
    }

    /// Asks it to end; one that does not is killed.
    void end() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(40, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    /// The process gets no turn any more.
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running != null && running.isAlive()) {
            Shell.run("kill", "-" + name, Long.toString(running.pid()));
        }
    }

    /// Takes all the room on its disk.
    void fillDisk() throws IOException {
        byte[] block = new byte[FILL_BYTES];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /// Gives the room on its disk back.
    void emptyDisk() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return disk.resolve("filler");
    }

    /// From now on every write behind the first page of a file is refused, until the process is started anew.
    void refuseWrites() throws IOException, InterruptedException {
        Process running = process;
        if (running != null && running.isAlive()) {
            Shell.run("prlimit", "--pid", Long.toString(running.pid()), "--fsize=4096");
        }
    }
}

package io.muster.cli;

import io.muster.node.ConfigException;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The file by which `muster down` finds the process of `muster up`: its number and when it started, since numbers are
/// given out again.
final class UpPidFile {
    private static final String FILE = "up.pid";

    private UpPidFile() {}

    /// Says that this process runs the cluster in `folder`, until it ends.
    static void put(Path folder) {
        Path file = folder.resolve(FILE);
        var self = ProcessHandle.current();
        try {
            Files.writeString(file, self.pid() + " " + started(self) + "\n");
        } catch (IOException e) {
            throw new ConfigException("cannot write " + file + ": " + FileFailure.of(e));
        }
        file.toFile().deleteOnExit();
    }

    /// The process that runs the cluster in `folder`.
    static Optional<ProcessHandle> find(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(file).strip().split(" ", 2);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> words.length == 2 && started(process).equals(words[1]));
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + FileFailure.of(e));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toString();
    }
}

package io.muster.nemesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the programs of the system that lay out networks and disks.
final class Shell {
    private Shell() {}

    /// Runs a command to its end.
    ///
    /// @throws IOException with what it said, if it ends with anything but 0
    static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", List.of(command)) + ": " + said.strip());
        }
    }
}

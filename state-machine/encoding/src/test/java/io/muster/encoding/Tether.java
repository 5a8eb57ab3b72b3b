package io.muster.encoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ties the processes that tests start to the process that runs the tests: the kernel kills them when it
/// ends, however it ends. A node or a tracer whose test was killed once lived on for forty minutes and
/// took a processor.
///
/// A child is killed when the *thread* that started it ends (`prctl(2)`, `PR_SET_PDEATHSIG`), so it is started by a
/// thread that lives as long as the test. Only the child itself is tied: what it starts needs a tether of its own.
public final class Tether {
    /// Of util-linux, which every Debian has.
    private static final List<String> TETHER = List.of("setpriv", "--pdeathsig", "KILL", "--");

    private Tether() {}

    /// The command that runs `command` tied to the process that starts it.
    public static List<String> of(List<String> command) {
        return Stream.concat(TETHER.stream(), command.stream()).toList();
    }

    /// As [#of(List)].
    public static List<String> of(String... command) {
        return of(List.of(command));
    }

    /// A program at `file` that runs `program` tied to the process that starts it, for libraries that
    /// take a path and no command.
    public static Path program(Path file, Path program) {
        String line =
                of(program.toString()).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        try {
            Files.writeString(file, "#!/bin/sh\nexec " + line + " \"$@\"\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

package io.muster.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What was typed, put in the one order that the commands are declared in: flags that many commands share may stand
/// before the command, `help X` is `X --help`, and `--debug` may stand anywhere.
final class Arguments {
    private static final String DEBUG = "--debug";

    /// Shared flags, and whether a value follows.
    private static final Set<String> WITH_VALUE = Set.of("--server", "--key-file", "--patience");

    private static final Set<String> ALONE = Set.of("--json");

    /// One process is one call of the command, so whether it is debugged is a property of the process.
    private static volatile boolean isDebugged =
            !System.getenv().getOrDefault("MUSTER_DEBUG", "").isEmpty();

    private Arguments() {}

    /// Whether faults are told with all that a programmer wants to know.
    static boolean isDebugged() {
        return isDebugged;
    }

    static List<String> inOrder(String... typed) {
        var words = new ArrayList<>(Arrays.asList(typed));
        if (words.remove(DEBUG)) {
            isDebugged = true;
        }
        var shared = new ArrayList<String>();
        while (!words.isEmpty() && isShared(words.getFirst())) {
            String flag = words.removeFirst();
            shared.add(flag);
            if (WITH_VALUE.contains(flag) && !words.isEmpty()) {
                shared.add(words.removeFirst());
            }
        }
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            words.removeFirst();
            words.add("--help");
        }
        // Behind the command's name: that is where the command itself looks for them.
        words.addAll(words.isEmpty() ? 0 : 1, shared);
        return words;
    }

    /// Whether many commands share the flag.
    static boolean isShared(String word) {
        int equals = word.indexOf('=');
        return ALONE.contains(word) || WITH_VALUE.contains(equals < 0 ? word : word.substring(0, equals));
    }
}

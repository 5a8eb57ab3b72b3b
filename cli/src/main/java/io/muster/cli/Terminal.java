package io.muster.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Where people look: whether there is a terminal, whether it may be coloured, and one line on it that can be
/// overwritten. Safe for use by two threads.
final class Terminal {
    /// Words that stand for a state, and their colour (ECMA-48 SGR).
    private static final Map<String, Integer> TONES = Map.ofEntries(
            Map.entry("critical", 31),
            Map.entry("high", 31),
            Map.entry("medium", 33),
            Map.entry("moderate", 33),
            Map.entry("low", 36),
            Map.entry("dead", 31),
            Map.entry("lost", 31),
            Map.entry("unreachable", 31),
            Map.entry("revoked", 31),
            Map.entry("suspended", 33),
            Map.entry("draining", 33),
            Map.entry("cancelled", 33),
            Map.entry("succeeded", 32),
            Map.entry("concluded", 32),
            Map.entry("leader", 32),
            Map.entry("running", 36));

    private final PrintStream stream;
    private final boolean isTerminal;
    private final ReentrantLock lock = new ReentrantLock();
    private int shownLength;

    Terminal(PrintStream stream, boolean isTerminal) {
        this.stream = stream;
        this.isTerminal = isTerminal;
    }

    /// Only where a person looks: a log file or a pipe gets no control characters.
    static Terminal standardError() {
        return new Terminal(System.err, isThere());
    }

    private static boolean isThere() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// Whether tables are coloured: on a terminal, unless `NO_COLOR` says otherwise (no-color.org).
    static boolean isColoured() {
        return isColoured(isThere(), System.getenv());
    }

    static boolean isColoured(boolean isTerminal, Map<String, String> environment) {
        return isTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// `cell` in the colour of the state whose name begins it, or as it is.
    static String tinted(String cell) {
        int end = cell.indexOf(' ');
        Integer tone = TONES.get((end < 0 ? cell : cell.substring(0, end)).toLowerCase(java.util.Locale.ROOT));
        return tone == null ? cell : "\u001b[" + tone + "m" + cell + "\u001b[0m";
    }

    boolean isTerminal() {
        return isTerminal;
    }

    /// Prints a line that stays.
    void say(String text) {
        lock.lock();
        try {
            stream.println(text);
            stream.flush();
        } finally {
            lock.unlock();
        }
    }

    /// Puts `text` in the place of what was shown before.
    void show(String text) {
        lock.lock();
        try {
            if (isTerminal) {
                stream.print('\r' + text + " ".repeat(Math.max(0, shownLength - text.length())));
                stream.flush();
                shownLength = text.length();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Leaves the terminal as it was found.
    void clear() {
        lock.lock();
        try {
            if (shownLength > 0) {
                stream.print('\r' + " ".repeat(shownLength) + '\r');
                stream.flush();
                shownLength = 0;
            }
        } finally {
            lock.unlock();
        }
    }
}

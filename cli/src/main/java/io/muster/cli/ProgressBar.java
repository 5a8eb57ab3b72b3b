package io.muster.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// One line on a terminal that says how far a long act has come; nothing at all where no person looks.
final class ProgressBar {

    private static final int WIDTH = 30;

    private final PrintStream terminal;
    private final boolean isShown;
    private int lastLength;

    private ProgressBar(PrintStream terminal, boolean isShown) {
        this.terminal = terminal;
        this.isShown = isShown;
    }

    /// On standard error, and only if that is a terminal: a log file or a pipe gets no control characters.
    static ProgressBar onTerminal() {
        boolean isTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new ProgressBar(System.err, isTerminal);
    }

    /// Shows a bar of `done` in `of`.
    void show(String what, long done, long of) {
        int filled = of == 0 ? WIDTH : (int) (WIDTH * Math.min(done, of) / of);
        line(String.format(
                Locale.ROOT, "%s [%s%s] %,d/%,d", what, "#".repeat(filled), " ".repeat(WIDTH - filled), done, of));
    }

    /// Shows a count whose end is not known.
    void count(String what, long done) {
        line(String.format(Locale.ROOT, "%s %,d", what, done));
    }

    private void line(String text) {
        if (isShown) {
            terminal.print('\r' + text + " ".repeat(Math.max(0, lastLength - text.length())));
            terminal.flush();
            lastLength = text.length();
        }
    }

    /// Leaves the terminal as it was found.
    void clear() {
        if (isShown && lastLength > 0) {
            terminal.print('\r' + " ".repeat(lastLength) + '\r');
            terminal.flush();
            lastLength = 0;
        }
    }
}

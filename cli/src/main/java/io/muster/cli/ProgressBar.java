package io.muster.cli;

import java.util.Locale;

/// One line on a terminal that says how far a long act has come; nothing at all where no person looks.
final class ProgressBar {
    private static final int WIDTH = 30;

    private final Terminal terminal = Terminal.standardError();

    private ProgressBar() {}

    /// On standard error, and only if that is a terminal.
    static ProgressBar onTerminal() {
        return new ProgressBar();
    }

    /// Shows a bar of `done` in `of`.
    void show(String what, long done, long of) {
        int filled = of == 0 ? WIDTH : (int) (WIDTH * Math.min(done, of) / of);
        terminal.show(String.format(
                Locale.ROOT, "%s [%s%s] %,d/%,d", what, "#".repeat(filled), " ".repeat(WIDTH - filled), done, of));
    }

    /// Shows a count whose end is not known.
    void count(String what, long done) {
        terminal.show(String.format(Locale.ROOT, "%s %,d", what, done));
    }

    /// Leaves the terminal as it was found.
    void clear() {
        terminal.clear();
    }
}

package io.muster.cli;

/// Ends a command with one sentence for its user and an exit code; the command's main prints and returns them.
public final class CannotDo extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CannotDo(ExitCode exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /// The command was used wrongly: nothing was done.
    static CannotDo usage(String sentence) {
        return new CannotDo(ExitCode.USAGE, sentence);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}

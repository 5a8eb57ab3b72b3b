package io.muster.cli;

/// Ends a command with one sentence for its user; the command's main turns it into a line and an exit code.
final class CannotDo extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotDo(String sentence) {
        super(sentence, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}

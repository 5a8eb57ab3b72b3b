package io.muster.reports;

/// An input that could not be read, so that nothing is known about its packages.
///
/// @param line where, counted from 1; 0 when it concerns the whole file
public record UnreadableInput(String input, String reason, int line) {

    @Override
    public String toString() {
        return (line == 0 ? input : input + ":" + line) + ": " + reason;
    }
}

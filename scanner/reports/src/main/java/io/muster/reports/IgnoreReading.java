package io.muster.reports;

/// What became of the text of an ignore file.
public sealed interface IgnoreReading {

    /// It was understood.
    record Read(IgnoreFile file) implements IgnoreReading {}

    /// It was not, and no part of it is used: a rule that is silently dropped would silently count again.
    record Refused(String source, int line, String reason) implements IgnoreReading {

        /// One sentence for a person.
        public String message() {
            return "cannot use " + source + " at line " + line + ": " + reason;
        }
    }
}

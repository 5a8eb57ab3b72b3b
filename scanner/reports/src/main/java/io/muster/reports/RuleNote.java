package io.muster.reports;

/// A rule of the ignore file that did nothing, and why: each is a line that somebody should delete or mend.
public record RuleNote(IgnoreRule rule, Why why) {

    /// Why a rule did nothing.
    public enum Why {
        /// It covers nothing that was found.
        UNUSED,
        /// Its time is over.
        EXPIRED,
        /// It names an advisory that the database does not have.
        UNKNOWN
    }

    /// One sentence for a person.
    public String message() {
        String start = "ignore rule for " + rule.subject() + " (line " + rule.line() + ") ";
        return switch (why) {
            case UNUSED -> start + "covers nothing that was found";
            case EXPIRED -> start + "expired " + rule.until();
            case UNKNOWN -> start + "names an advisory that the database does not have";
        };
    }
}

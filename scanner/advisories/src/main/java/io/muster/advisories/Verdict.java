package io.muster.advisories;

/// What one advisory says about one version of a package.
sealed interface Verdict {

    /// The version has the weakness, and by which words of the record.
    record IsAffected(String explanation) implements Verdict {}

    /// The version does not have it.
    record IsUnaffected() implements Verdict {}

    /// The record may mean it, but in a way that versions alone cannot decide, and why.
    record IsUndecided(String reason) implements Verdict {}
}

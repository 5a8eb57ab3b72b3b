package io.muster.versions;

import java.util.Optional;

/// What became of a text that should be a package URL: files hold many that are not, so a malformed one is an answer.
public sealed interface PackageUrlAnswer {

    /// The text is a package URL.
    record Valid(PackageUrl purl) implements PackageUrlAnswer {}

    /// The text is none, and why.
    record Malformed(String text, String reason) implements PackageUrlAnswer {}

    /// The package URL if the text is one, for callers that skip the others.
    default Optional<PackageUrl> valid() {
        return this instanceof Valid(PackageUrl purl) ? Optional.of(purl) : Optional.empty();
    }
}

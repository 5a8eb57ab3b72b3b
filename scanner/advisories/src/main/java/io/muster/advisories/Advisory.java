package io.muster.advisories;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// One published statement that some versions of some packages are vulnerable, malicious or in need of attention.
///
/// Holds what is needed to match, rate and explain; fields of the OSV schema that serve neither are dropped by the
/// reader. `related` also holds the ids of `upstream` (schema 1.7): both name advisories of the same weakness in
/// another place.
///
/// @param modified when its publisher last changed it; [Instant#EPOCH] when the record does not say
/// @param statedSeverity the publisher's own word (`HIGH`, `moderate`), used where no vector can be scored; may be
/// empty
/// @param repositories the repositories of GIT ranges that belong to no package, which are never evaluated
public record Advisory(
        String id,
        Instant modified,
        Status status,
        Kind kind,
        List<String> aliases,
        List<String> related,
        String summary,
        String details,
        List<SeverityVector> severities,
        String statedSeverity,
        List<Affected> affected,
        List<Reference> references,
        List<String> repositories) {

    /// What the statement is about; a malicious package must be removed, not upgraded.
    public enum Kind {
        VULNERABILITY,
        /// The package itself is an attack, as in the `MAL-` records.
        MALICIOUS,
        /// Unmaintained, unsound or otherwise notable, without a known way to attack it.
        NOTICE
    }

    /// Whether the statement still holds.
    public sealed interface Status {
        /// It holds.
        record InForce() implements Status {}

        /// Its publisher took it back; it matches nothing any more.
        record Withdrawn(Instant at) implements Status {}
    }

    public Advisory {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an advisory must have an id");
        }
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
        severities = List.copyOf(severities);
        affected = List.copyOf(affected);
        references = List.copyOf(references);
        repositories = List.copyOf(repositories);
    }

    /// Whether its author has taken it back.
    public boolean isWithdrawn() {
        return status instanceof Status.Withdrawn;
    }

    /// The id, then the aliases: every name under which this very advisory is known.
    public Stream<String> names() {
        return Stream.concat(Stream.of(id), aliases.stream());
    }

    /// The first line a reader should see: the summary, or the beginning of the details where there is none.
    public String headline() {
        if (!summary.isBlank()) {
            return summary.strip();
        }
        String firstLine = details.strip().lines().findFirst().orElse("");
        return firstLine.length() <= MAX_HEADLINE ? firstLine : firstLine.substring(0, MAX_HEADLINE - 1) + "…";
    }

    /// A headline stands in one row of a table or one line of a log; longer texts belong to the details.
    private static final int MAX_HEADLINE = 160;
}

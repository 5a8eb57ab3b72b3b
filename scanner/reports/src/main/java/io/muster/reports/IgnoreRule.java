package io.muster.reports;

import io.muster.advisories.Finding;
import io.muster.manifests.Component;
import io.muster.manifests.DependencyScope;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.time.Instant;
import java.util.Locale;

/// A decision, written down by a person, that some findings do not count for now.
public sealed interface IgnoreRule {

    /// Stands where a rule has no end.
    Instant FOR_EVER = Instant.MAX;

    /// From when on the rule holds no longer.
    Instant until();

    /// Why, in the person's words; empty when none were given.
    String reason();

    /// The line of the ignore file where the rule begins, counted from 1.
    int line();

    /// Whether the rule speaks of this match, expired or not.
    boolean covers(ReportedMatch match);

    /// What the rule is about, for a person: an advisory's id or a package.
    String subject();

    /// Whether the rule has run out.
    default boolean isExpired(Instant now) {
        return !until().isAfter(now);
    }

    /// Sets aside one weakness, known by any of its names, wherever it is found.
    record OfAdvisory(String id, Instant until, String reason, int line) implements IgnoreRule {
        @Override
        public boolean covers(ReportedMatch match) {
            return match.finding().isKnownAs(id);
        }

        @Override
        public String subject() {
            return id;
        }
    }

    /// Sets aside every weakness of a package; a part that is the empty string fits any.
    record OfPackage(
            String ecosystem, String name, String version, String group, Instant until, String reason, int line)
            implements IgnoreRule {

        @Override
        public boolean covers(ReportedMatch match) {
            Finding finding = match.finding();
            Component component = match.occurrence().component();
            Ecosystem asked = finding.packageName().ecosystem();
            return (fits(ecosystem, asked.name()) || fits(ecosystem, asked.toString()))
                    && (isNamed(finding.packageName()) || isNamed(component.name()))
                    && (fits(version, finding.version()) || fits(version, component.version()))
                    && fits(group, groupOf(component.scope()));
        }

        /// A distribution's package is named by itself or by the source that the advisory speaks of. Compares in the
        /// ecosystem's normal form, so that every spelling of the package is covered.
        private boolean isNamed(PackageName asked) {
            return name.isEmpty() || new PackageName(asked.ecosystem(), name).equals(asked);
        }

        private static boolean fits(String wanted, String actual) {
            return wanted.isEmpty() || wanted.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT));
        }

        private static String groupOf(DependencyScope scope) {
            return switch (scope) {
                case RUNTIME -> "";
                case OPTIONAL -> "optional";
                case DEVELOPMENT -> "dev";
            };
        }

        @Override
        public String subject() {
            String what = name.isEmpty() ? "every package" : name + (version.isEmpty() ? "" : "@" + version);
            return (ecosystem.isEmpty() ? what : ecosystem + "/" + what) + (group.isEmpty() ? "" : " in " + group);
        }
    }
}

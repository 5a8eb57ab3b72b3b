package io.muster.advisories;

import io.muster.advisories.Advisory.Kind;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One entry of a record's `affected` list while it is read.
final class AffectedFields {

    private final FieldWalk walk;
    private final List<VersionRange> ranges = new ArrayList<>();
    private final List<String> repositories = new ArrayList<>();
    private String ecosystem = "";
    private String name = "";
    private List<String> versions = List.of();
    private List<SeverityVector> severities = List.of();
    private String statedSeverity = "";
    private Kind kind = Kind.VULNERABILITY;

    AffectedFields(FieldWalk walk) {
        this.walk = walk;
    }

    void read() {
        walk.object("affected", this::field);
    }

    /// The entry, unless it names no package: then it speaks only of commits in [#repositories].
    Optional<Affected> affected() {
        if (name.isBlank()) {
            return Optional.empty();
        }
        if (ecosystem.isBlank() || ecosystem.startsWith(":")) {
            throw walk.complaint("package '" + name + "' has no ecosystem");
        }
        var packageName = new PackageName(Ecosystem.parse(ecosystem), name);
        return Optional.of(new Affected(packageName, ranges, versions, severities, statedSeverity));
    }

    /// The repositories whose commits GIT ranges speak of.
    List<String> repositories() {
        return repositories;
    }

    /// What the database's own fields of this entry say about the kind of the advisory.
    Kind kind() {
        return kind;
    }

    private void field(String field) {
        switch (field) {
            case "package" -> walk.object(field, this::packageField);
            case "ranges" -> walk.list(field, this::range);
            case "versions" -> versions = walk.texts(field);
            case "severity" -> severities = severities(walk);
            case "database_specific", "ecosystem_specific" -> specific(field);
            default -> {}
        }
    }

    private void packageField(String field) {
        switch (field) {
            case "ecosystem" -> ecosystem = walk.text(field).strip();
            case "name" -> name = walk.text(field).strip();
            default -> {}
        }
    }

    private void range() {
        VersionRange.Kind[] rangeKind = {VersionRange.Kind.UNKNOWN};
        List<RangeEvent> events = new ArrayList<>();
        walk.object("ranges", field -> {
            switch (field) {
                case "type" -> rangeKind[0] = rangeKind(walk.text(field));
                case "repo" -> repositories.add(walk.text(field));
                case "events" -> walk.list(field, () -> walk.object(field, name -> event(name, events)));
                default -> {}
            }
        });
        ranges.add(new VersionRange(rangeKind[0], events));
    }

    private static VersionRange.Kind rangeKind(String text) {
        return switch (text) {
            case "SEMVER" -> VersionRange.Kind.SEMVER;
            case "ECOSYSTEM" -> VersionRange.Kind.ECOSYSTEM;
            case "GIT" -> VersionRange.Kind.GIT;
            default -> VersionRange.Kind.UNKNOWN;
        };
    }

    private void event(String field, List<RangeEvent> events) {
        switch (field) {
            case "introduced" -> events.add(new RangeEvent.Introduced(walk.text(field)));
            case "fixed" -> events.add(new RangeEvent.Fixed(walk.text(field)));
            case "last_affected" -> events.add(new RangeEvent.LastAffected(walk.text(field)));
            case "limit" -> events.add(new RangeEvent.Limit(walk.text(field)));
            default -> {}
        }
    }

    private void specific(String field) {
        if (!walk.isObject()) {
            return;
        }
        walk.object(field, this::specificField);
    }

    /// The words that databases of today use: RustSec's `cvss`, `informational` and `categories`, a `severity` here and
    /// there.
    private void specificField(String field) {
        switch (field) {
            case "severity" -> statedSeverity = walk.textIfAny();
            case "cvss" -> {
                String vector = walk.textIfAny();
                if (!vector.isEmpty()) {
                    severities = List.of(new SeverityVector("CVSS", vector));
                }
            }
            case "informational" -> {
                if (!walk.textIfAny().isEmpty() && kind == Kind.VULNERABILITY) {
                    kind = Kind.NOTICE;
                }
            }
            case "categories" -> {
                if (walk.holds("malicious")) {
                    kind = Kind.MALICIOUS;
                }
            }
            default -> {}
        }
    }

    /// The vectors of a `severity` list.
    static List<SeverityVector> severities(FieldWalk walk) {
        List<SeverityVector> severities = new ArrayList<>();
        walk.list("severity", () -> {
            String[] parts = {"", ""};
            walk.object("severity", field -> {
                switch (field) {
                    case "type" -> parts[0] = walk.text(field);
                    case "score" -> parts[1] = walk.text(field);
                    default -> {}
                }
            });
            if (!parts[1].isEmpty()) {
                severities.add(new SeverityVector(parts[0], parts[1]));
            }
        });
        return severities;
    }
}

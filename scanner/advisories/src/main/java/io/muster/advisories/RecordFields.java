package io.muster.advisories;

import io.muster.advisories.Advisory.Kind;
import io.muster.advisories.Advisory.Status;
import io.muster.documents.TreeNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// The top level of one OSV record while it is read.
final class RecordFields {

    private final FieldWalk walk;
    private final List<Affected> affected = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<String> repositories = new ArrayList<>();
    private final List<String> related = new ArrayList<>();
    private String id = "";
    private Instant modified = Instant.EPOCH;
    private Status status = new Status.InForce();
    private Kind kind = Kind.VULNERABILITY;
    private List<String> aliases = List.of();
    private String summary = "";
    private String details = "";
    private List<SeverityVector> severities = List.of();
    private String statedSeverity = "";

    RecordFields(TreeNode.Mapping record) {
        walk = new FieldWalk(record);
    }

    /// What the record says.
    Advisory read() {
        walk.object("record", this::field);
        if (id.isBlank()) {
            throw walk.complaint("the record has no 'id'");
        }
        if (id.startsWith("MAL-") || aliases.stream().anyMatch(alias -> alias.startsWith("MAL-"))) {
            kind = Kind.MALICIOUS;
        }
        return new Advisory(
                id,
                modified,
                status,
                kind,
                aliases,
                related.stream().distinct().toList(),
                summary,
                details,
                severities,
                statedSeverity,
                affected,
                references,
                repositories);
    }

    private void field(String name) {
        switch (name) {
            case "id" -> id = walk.text(name);
            case "modified" -> modified = instant(name, Instant.EPOCH);
            case "withdrawn" -> withdrawn(name);
            case "aliases" -> aliases = walk.texts(name);
            case "related", "upstream" -> related.addAll(walk.texts(name));
            case "summary" -> summary = walk.text(name);
            case "details" -> details = walk.text(name);
            case "severity" -> severities = AffectedFields.severities(walk);
            case "affected" -> walk.list(name, this::affectedEntry);
            case "references" -> walk.list(name, this::reference);
            case "database_specific" -> databaseSpecific();
            default -> {}
        }
    }

    private void affectedEntry() {
        var entry = new AffectedFields(walk);
        entry.read();
        entry.affected().ifPresentOrElse(affected::add, () -> repositories.addAll(entry.repositories()));
        if (entry.kind() == Kind.MALICIOUS || kind == Kind.VULNERABILITY) {
            kind = entry.kind();
        }
    }

    private void reference() {
        String[] parts = {"", ""};
        walk.object("references", name -> {
            switch (name) {
                case "type" -> parts[0] = walk.text(name);
                case "url" -> parts[1] = walk.text(name);
                default -> {}
            }
        });
        if (!parts[1].isEmpty()) {
            references.add(new Reference(parts[0], parts[1]));
        }
    }

    private void databaseSpecific() {
        if (!walk.isObject()) {
            return;
        }
        walk.object("database_specific", name -> {
            switch (name) {
                case "severity" -> statedSeverity = walk.textIfAny();
                case "malicious-packages-origins" -> kind = Kind.MALICIOUS;
                default -> {}
            }
        });
    }

    private void withdrawn(String name) {
        Instant at = instant(name, Instant.MAX);
        status = at.equals(Instant.MAX) ? new Status.InForce() : new Status.Withdrawn(at);
    }

    /// A time as RFC 3339 writes it; YAML's own spelling, with a space and without a zone, is read as UTC.
    private Instant instant(String name, Instant absent) {
        String text = walk.text(name).strip();
        if (text.isEmpty()) {
            return absent;
        }
        String spelled = text.replace(' ', 'T').replace('t', 'T').replace('z', 'Z');
        boolean isZoned = spelled.endsWith("Z") || spelled.lastIndexOf('+') > 0 || spelled.lastIndexOf('-') > 7;
        String dated = spelled.length() == "2020-01-01".length() ? spelled + "T00:00:00Z" : spelled;
        try {
            String complete = isZoned || !dated.equals(spelled) ? dated : spelled + "Z";
            return OffsetDateTime.parse(complete, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw walk.complaint("'" + name + "' is not a time of RFC 3339: " + text);
        }
    }
}

package io.muster.reports;

import io.muster.encoding.Nearest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads an ignore file strictly: a key that is not known is an error with the one that was probably meant.
///
/// The words are those of osv-scanner's `osv-scanner.toml`: `[[IgnoredVulns]]` with `id`, `ignoreUntil`, `reason`, and
/// `[[PackageOverrides]]` with `name`, `version`, `ecosystem`, `group`, `ignore`, `vulnerability.ignore`,
/// `effectiveUntil`, `reason`. Licences are not looked at here, so `license` is accepted and does nothing, as does
/// `GoVersionOverride`.
final class IgnoreFileReader {

    /// A file with more rules than this ignores for a living.
    private static final int MAX_RULES = 10_000;

    private static final Set<String> TOP = Set.of("IgnoredVulns", "PackageOverrides", "GoVersionOverride");
    private static final Set<String> OF_ADVISORY = Set.of("id", "ignoreUntil", "reason");
    private static final Set<String> OF_PACKAGE = Set.of(
            "name", "version", "ecosystem", "group", "ignore", "vulnerability", "license", "effectiveUntil", "reason");
    private static final Set<String> OF_VULNERABILITY = Set.of("ignore");

    private final String source;
    private final List<IgnoreRule> rules = new ArrayList<>();

    IgnoreFileReader(String source) {
        this.source = source;
    }

    /// Carries the first fault out of the walk.
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        Fault(int line, String reason) {
            super(reason, null, false, false);
            this.line = line;
        }
    }

    IgnoreReading read(String toml) {
        TomlParseResult table;
        try {
            table = Toml.parse(toml);
        } catch (RuntimeException e) {
            // The parser throws on a date-time whose offset has the wrong shape, as fuzzing found.
            return new IgnoreReading.Refused(source, 1, "a value that no TOML parser can read: " + e.getMessage());
        }
        if (table.hasErrors()) {
            TomlParseError error = table.errors().getFirst();
            return new IgnoreReading.Refused(source, error.position().line(), String.valueOf(error.getMessage()));
        }
        try {
            checkKeys(table, TOP, 1);
            each(table, "IgnoredVulns", this::advisory);
            each(table, "PackageOverrides", this::packageOverride);
            return new IgnoreReading.Read(new IgnoreFile(rules));
        } catch (Fault fault) {
            return new IgnoreReading.Refused(source, fault.line, String.valueOf(fault.getMessage()));
        }
    }

    private interface Entry {
        void read(TomlTable entry, int line);
    }

    private void each(TomlTable table, String key, Entry entry) {
        if (!table.contains(key)) {
            return;
        }
        if (!(table.get(key) instanceof TomlArray entries)) {
            throw new Fault(line(table, key, 1), "'" + key + "' must be written [[" + key + "]]");
        }
        if (entries.size() > MAX_RULES) {
            throw new Fault(line(table, key, 1), entries.size() + " rules are more than " + MAX_RULES);
        }
        for (int i = 0; i < entries.size(); i++) {
            int line = entries.inputPositionOf(i).line();
            if (!(entries.get(i) instanceof TomlTable rule)) {
                throw new Fault(line, "'" + key + "' must be written [[" + key + "]]");
            }
            entry.read(rule, line);
        }
    }

    private void advisory(TomlTable entry, int line) {
        checkKeys(entry, OF_ADVISORY, line);
        String id = text(entry, "id", line);
        if (id.isBlank()) {
            throw new Fault(line, "an entry of IgnoredVulns needs an 'id'");
        }
        rules.add(new IgnoreRule.OfAdvisory(id, until(entry, "ignoreUntil", line), text(entry, "reason", line), line));
    }

    private void packageOverride(TomlTable entry, int line) {
        checkKeys(entry, OF_PACKAGE, line);
        boolean isIgnored = flag(entry, "ignore", line);
        if (entry.contains("vulnerability") && entry.get("vulnerability") instanceof TomlTable vulnerability) {
            checkKeys(vulnerability, OF_VULNERABILITY, line);
            isIgnored |= flag(vulnerability, "ignore", line);
        }
        if (isIgnored) {
            rules.add(new IgnoreRule.OfPackage(
                    text(entry, "ecosystem", line),
                    text(entry, "name", line),
                    text(entry, "version", line),
                    text(entry, "group", line),
                    until(entry, "effectiveUntil", line),
                    text(entry, "reason", line),
                    line));
        }
    }

    private static void checkKeys(TomlTable table, Set<String> known, int line) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                throw new Fault(
                        line(table, key, line),
                        "the key '" + key + "' is not known; did you mean '" + Nearest.to(key, known) + "'?");
            }
        }
    }

    private static String text(TomlTable table, String key, int line) {
        return switch (table.get(List.of(key))) {
            case null -> "";
            case String text -> text;
            default -> throw new Fault(line(table, key, line), "'" + key + "' must be a text");
        };
    }

    private static boolean flag(TomlTable table, String key, int line) {
        return switch (table.get(List.of(key))) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw new Fault(line(table, key, line), "'" + key + "' must be true or false");
        };
    }

    /// A day or a time of day without a zone is read as UTC.
    private static Instant until(TomlTable table, String key, int line) {
        return switch (table.get(List.of(key))) {
            case null -> IgnoreRule.FOR_EVER;
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> throw new Fault(line(table, key, line), "'" + key + "' must be a date such as 2026-12-31");
        };
    }

    private static int line(TomlTable table, String key, int otherwise) {
        @Nullable TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? otherwise : position.line();
    }
}

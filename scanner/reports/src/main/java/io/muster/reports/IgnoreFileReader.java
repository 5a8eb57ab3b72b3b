package io.muster.reports;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TomlTree;
import io.muster.documents.TreeNode;
import io.muster.documents.TreeNode.Notation;
import io.muster.encoding.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

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

    /// The forms of TOML: a day, with a time behind `T` or a blank, with a zone behind that.
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("[' ']['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private final String source;
    private final List<IgnoreRule> rules = new ArrayList<>();

    IgnoreFileReader(String source) {
        this.source = source;
    }

    IgnoreReading read(String toml) {
        try {
            TreeNode.Mapping table = TomlTree.read(toml);
            checkKeys(table, TOP);
            each(table, "IgnoredVulns", this::advisory);
            each(table, "PackageOverrides", this::packageOverride);
            return new IgnoreReading.Read(new IgnoreFile(rules));
        } catch (MalformedDocumentException broken) {
            return new IgnoreReading.Refused(source, Math.max(1, broken.line()), broken.reason());
        }
    }

    private void each(TreeNode.Mapping table, String key, Consumer<TreeNode.Mapping> entry) {
        if (!table.has(key)) {
            return;
        }
        var fault = new MalformedDocumentException("'" + key + "' must be written [[" + key + "]]", lineOf(table, key));
        if (!(table.entries().get(key) instanceof TreeNode.Listing entries)) {
            throw fault;
        }
        if (entries.items().size() > MAX_RULES) {
            throw new MalformedDocumentException(
                    entries.items().size() + " rules are more than " + MAX_RULES, entries.line());
        }
        for (TreeNode item : entries.items()) {
            if (!(item instanceof TreeNode.Mapping rule)) {
                throw new MalformedDocumentException(fault.reason(), item.line());
            }
            entry.accept(rule);
        }
    }

    private void advisory(TreeNode.Mapping entry) {
        checkKeys(entry, OF_ADVISORY);
        String id = text(entry, "id");
        if (id.isBlank()) {
            throw new MalformedDocumentException("an entry of IgnoredVulns needs an 'id'", entry.line());
        }
        rules.add(new IgnoreRule.OfAdvisory(id, until(entry, "ignoreUntil"), text(entry, "reason"), entry.line()));
    }

    private void packageOverride(TreeNode.Mapping entry) {
        checkKeys(entry, OF_PACKAGE);
        TreeNode.Mapping vulnerability = entry.mapping("vulnerability");
        checkKeys(vulnerability, OF_VULNERABILITY);
        boolean isVulnerabilityIgnored = flag(vulnerability, "ignore");
        if (flag(entry, "ignore") || isVulnerabilityIgnored) {
            rules.add(new IgnoreRule.OfPackage(
                    text(entry, "ecosystem"),
                    text(entry, "name"),
                    text(entry, "version"),
                    text(entry, "group"),
                    until(entry, "effectiveUntil"),
                    text(entry, "reason"),
                    entry.line()));
        }
    }

    private static void checkKeys(TreeNode.Mapping table, Set<String> known) {
        for (String key : table.entries().keySet()) {
            if (!known.contains(key)) {
                throw new MalformedDocumentException(
                        "the key '" + key + "' is not known; did you mean '" + Nearest.to(key, known) + "'?",
                        lineOf(table, key));
            }
        }
    }

    private static String text(TreeNode.Mapping table, String key) {
        return switch (table.entries().get(key)) {
            case null -> "";
            case TreeNode.Text(String text, Notation notation, int _) when notation == Notation.QUOTED -> text;
            case TreeNode other -> throw new MalformedDocumentException("'" + key + "' must be a text", other.line());
        };
    }

    private static boolean flag(TreeNode.Mapping table, String key) {
        boolean isBare = !table.has(key) || bare(table, key).matches("true|false");
        if (!isBare) {
            throw new MalformedDocumentException("'" + key + "' must be true or false", lineOf(table, key));
        }
        return table.says(key);
    }

    /// A day or a time of day without a zone is read as UTC.
    private static Instant until(TreeNode.Mapping table, String key) {
        if (!table.has(key)) {
            return IgnoreRule.FOR_EVER;
        }
        try {
            TemporalAccessor time =
                    DATE.parseBest(bare(table, key), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (time) {
                case OffsetDateTime exact -> exact.toInstant();
                case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                default -> LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
            };
        } catch (DateTimeException notOne) {
            throw new MalformedDocumentException("'" + key + "' must be a date such as 2026-12-31", lineOf(table, key));
        }
    }

    /// What stands there without quotes, or empty.
    private static String bare(TreeNode.Mapping table, String key) {
        return table.entries().get(key) instanceof TreeNode.Text(String word, Notation notation, int _)
                        && notation == Notation.BARE
                ? word
                : "";
    }

    private static int lineOf(TreeNode.Mapping table, String key) {
        TreeNode value = table.entries().get(key);
        return value == null ? table.line() : value.line();
    }
}

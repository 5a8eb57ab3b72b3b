package io.muster.reports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The rules by which matches are suppressed, in the order of their file.
public record IgnoreFile(List<IgnoreRule> rules) {

    /// Sets nothing aside.
    public static final IgnoreFile EMPTY = new IgnoreFile(List.of());

    public IgnoreFile {
        rules = List.copyOf(rules);
    }

    /// Matches divided by what counts, and the rules that did nothing.
    public record Division(List<ReportedMatch> matches, List<SuppressedMatch> suppressed, List<RuleNote> notes) {

        public Division {
            matches = List.copyOf(matches);
            suppressed = List.copyOf(suppressed);
            notes = List.copyOf(notes);
        }
    }

    /// Reads the TOML of an ignore file, in the words of osv-scanner's configuration.
    public static IgnoreReading parse(String source, String toml) {
        return new IgnoreFileReader(source).read(toml);
    }

    /// Applies the rules as of `now`; the first rule in force that covers a match suppresses it.
    ///
    /// @param isKnown whether the database has an advisory of this id or alias
    public Division divide(List<ReportedMatch> matches, Instant now, Predicate<String> isKnown) {
        List<ReportedMatch> counting = new ArrayList<>();
        List<SuppressedMatch> suppressed = new ArrayList<>();
        Set<IgnoreRule> used = new LinkedHashSet<>();
        for (ReportedMatch match : matches) {
            Optional<IgnoreRule> covering = rules.stream()
                    .filter(rule -> !rule.isExpired(now) && rule.covers(match))
                    .findFirst();
            if (covering.isPresent()) {
                used.add(covering.get());
                suppressed.add(new SuppressedMatch(match, covering.get()));
            } else {
                counting.add(match);
            }
        }
        return new Division(counting, suppressed, notes(now, used, isKnown));
    }

    private List<RuleNote> notes(Instant now, Set<IgnoreRule> used, Predicate<String> isKnown) {
        List<RuleNote> notes = new ArrayList<>();
        for (IgnoreRule rule : rules) {
            if (rule instanceof IgnoreRule.OfAdvisory advisory && !isKnown.test(advisory.id())) {
                notes.add(new RuleNote(rule, RuleNote.Why.UNKNOWN));
            } else if (rule.isExpired(now)) {
                notes.add(new RuleNote(rule, RuleNote.Why.EXPIRED));
            } else if (!used.contains(rule)) {
                notes.add(new RuleNote(rule, RuleNote.Why.UNUSED));
            }
        }
        return notes;
    }
}

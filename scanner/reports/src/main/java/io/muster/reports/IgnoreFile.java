package io.muster.reports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The rules by which findings are set aside, in the order of their file.
public record IgnoreFile(List<IgnoreRule> rules) {

    /// Sets nothing aside.
    public static final IgnoreFile EMPTY = new IgnoreFile(List.of());

    public IgnoreFile {
        rules = List.copyOf(rules);
    }

    /// Hits divided by what counts, and the rules that did nothing.
    public record Division(List<Hit> hits, List<SetAside> setAside, List<RuleNote> notes) {

        public Division {
            hits = List.copyOf(hits);
            setAside = List.copyOf(setAside);
            notes = List.copyOf(notes);
        }
    }

    /// Reads the TOML of an ignore file, in the words of osv-scanner's configuration.
    public static IgnoreReading parse(String source, String toml) {
        return new IgnoreFileReader(source).read(toml);
    }

    /// Applies the rules as of `now`; the first rule in force that covers a hit sets it aside.
    ///
    /// @param isKnown whether the database has an advisory of this id or alias
    public Division divide(List<Hit> hits, Instant now, Predicate<String> isKnown) {
        List<Hit> counting = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        Set<IgnoreRule> used = new LinkedHashSet<>();
        for (Hit hit : hits) {
            Optional<IgnoreRule> covering = rules.stream()
                    .filter(rule -> !rule.isExpired(now) && rule.covers(hit))
                    .findFirst();
            if (covering.isPresent()) {
                used.add(covering.get());
                setAside.add(new SetAside(hit, covering.get()));
            } else {
                counting.add(hit);
            }
        }
        return new Division(counting, setAside, notes(now, used, isKnown));
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

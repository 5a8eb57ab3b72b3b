package io.muster.reports;

import io.muster.advisories.Provenance;
import io.muster.advisories.Severity;
import io.muster.manifests.Manifest;
import java.time.Instant;
import java.util.List;

/// Everything a scan found, ready to be written in any format.
///
/// @param at when the scan was made; formats that need a time of creation use it
/// @param inputs the manifests read, whatever was found in them
/// @param matches what counts, worst first within each input
/// @param suppressed what the ignore file covers
/// @param refusals inputs that could not be read
/// @param ruleNotes rules of the ignore file that did nothing and should go
/// @param warnings what was odd in an input and passed over, each a sentence
/// @param coverage how much of it the advisories could be asked about
public record Report(
        Provenance provenance,
        Instant at,
        List<Manifest> inputs,
        List<ReportedMatch> matches,
        List<SuppressedMatch> suppressed,
        List<UndecidedMatch> undecided,
        List<UnreadableInput> refusals,
        List<RuleNote> ruleNotes,
        List<String> warnings,
        Coverage coverage) {

    /// A report of inputs every ecosystem of which the database knows.
    public Report(
            Provenance provenance,
            Instant at,
            List<Manifest> inputs,
            List<ReportedMatch> matches,
            List<SuppressedMatch> suppressed,
            List<UndecidedMatch> undecided,
            List<UnreadableInput> refusals,
            List<RuleNote> ruleNotes,
            List<String> warnings) {
        this(
                provenance,
                at,
                inputs,
                matches,
                suppressed,
                undecided,
                refusals,
                ruleNotes,
                warnings,
                Coverage.of(inputs));
    }

    public Report {
        inputs = List.copyOf(inputs);
        matches = List.copyOf(matches);
        suppressed = List.copyOf(suppressed);
        undecided = List.copyOf(undecided);
        refusals = List.copyOf(refusals);
        ruleNotes = List.copyOf(ruleNotes);
        warnings = List.copyOf(warnings);
    }

    /// How many packages were looked at, the same package in two inputs counted twice.
    public int packages() {
        return inputs.stream().mapToInt(input -> input.components().size()).sum();
    }

    /// How many of those packages have a match.
    public long packagesMatched() {
        return matches.stream()
                .map(match -> match.occurrence().input()
                        + '\0'
                        + match.occurrence().component().purl())
                .distinct()
                .count();
    }

    /// How many matches are this bad.
    public long count(Severity severity) {
        return matches.stream()
                .filter(match -> match.finding().rating().severity() == severity)
                .count();
    }

    /// What the scan comes to.
    public ScanVerdict verdict() {
        return ScanVerdict.of(this);
    }
}

package io.muster.api;

import io.muster.dispatch.LabelText;
import io.muster.history.HistoryFilter;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which jobs a listing or an act in bulk is about, by whatever a request can name.
///
/// @param states in which states
/// @param queue in which queue, `""` for any
/// @param type for which handler, `""` for any
/// @param labels which labels they require, among others
/// @param audit to which audit they belong, `""` for anything
/// @param minAge how long ago they were submitted at least
record JobSelection(
        Set<JobState.Kind> states, String queue, String type, Labels labels, String audit, Duration minAge) {
    JobSelection {
        states = Set.copyOf(states);
    }

    boolean includesLedger() {
        return states.stream().anyMatch(JobState.Kind::isInLedger);
    }

    /// Dead letters that gave way to newer ones stand in the history alone.
    boolean includesHistory() {
        return states.stream().anyMatch(JobState.Kind::isFinished);
    }

    /// The filter for jobs in the ledger, as narrow as the ledger can look. The caller still has to hold what comes
    /// back to [#states].
    JobFilter forLedger() {
        var wanted = states.stream().filter(JobState.Kind::isInLedger).toList();
        return forLedger(wanted.size() == 1 ? JobFilter.Scope.of(wanted.getFirst()) : JobFilter.Scope.all());
    }

    JobFilter forLedger(JobFilter.Scope scope) {
        return new JobFilter(scope, queue, type, labels, audit, minAge.toNanos() / 1_000);
    }

    /// The filter for finished jobs, as seen at `nowMicros` of log time.
    HistoryFilter forHistory(long nowMicros) {
        var outcomes = states.stream().filter(JobState.Kind::isFinished).collect(Collectors.toSet());
        return new HistoryFilter(outcomes, queue, type, labels, audit, nowMicros - minAge.toNanos() / 1_000);
    }

    /// The states of a list with commas between; `otherwise` for none.
    static Set<JobState.Kind> states(String text, Set<JobState.Kind> otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        var states = EnumSet.noneOf(JobState.Kind.class);
        for (String name : text.split(",", -1)) {
            states.add(state(name));
        }
        return states;
    }

    /// Labels as a query writes them: `zone=eu`, or `gpu` alone.
    static Labels labels(List<String> texts) {
        try {
            return Labels.of(texts);
        } catch (IllegalArgumentException e) {
            throw malformed("label: " + e.getMessage());
        }
    }

    static Labels labels(Map<String, String> labels) {
        try {
            return LabelText.labels(labels);
        } catch (IllegalArgumentException e) {
            throw malformed("labels: " + e.getMessage());
        }
    }

    private static JobState.Kind state(String name) {
        for (JobState.Kind state : JobState.Kind.values()) {
            if (JobViews.state(state).word().equals(name)) {
                return state;
            }
        }
        throw malformed("state '" + name + "' is not known: use one or more of "
                + words(EnumSet.allOf(JobState.Kind.class)) + ", with commas between");
    }

    /// The names of states as a sentence lists them.
    static String words(Set<JobState.Kind> states) {
        var words = new ArrayList<String>();
        states.forEach(state -> words.add(JobViews.state(state).word()));
        String last = words.removeLast();
        return words.isEmpty() ? last : String.join(", ", words) + " and " + last;
    }

    private static RequestRefused malformed(String detail) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, detail).refused();
    }
}

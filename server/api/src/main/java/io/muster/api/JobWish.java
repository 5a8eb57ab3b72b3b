package io.muster.api;

import io.muster.client.JobStatus;
import io.muster.dispatch.LabelText;
import io.muster.history.HistoryFilter;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.jobs.JobFilter;
import io.muster.jobs.Labels;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
record JobWish(Set<JobStatus> states, String queue, String type, Labels labels, String audit, Duration minAge) {
    /// What the ledger still holds; the rest stands in the history.
    static final Set<JobStatus> IN_LEDGER =
            EnumSet.of(JobStatus.SCHEDULED, JobStatus.QUEUED, JobStatus.CLAIMED, JobStatus.DEAD);

    JobWish {
        states = Set.copyOf(states);
    }

    /// Whether a job in that state may still finish.
    static boolean isLive(JobStatus state) {
        return IN_LEDGER.contains(state) && state != JobStatus.DEAD;
    }

    boolean wantsLedger() {
        return states.stream().anyMatch(IN_LEDGER::contains);
    }

    /// Dead letters that gave way to newer ones stand in the history alone.
    boolean wantsHistory() {
        return states.contains(JobStatus.DEAD) || !IN_LEDGER.containsAll(states);
    }

    /// Of the states in the ledger, as narrow as the ledger can look; what comes back still has to be held to
    /// [#states].
    JobFilter forLedger() {
        var wanted = states.stream().filter(IN_LEDGER::contains).toList();
        return forLedger(
                wanted.size() == 1 ? JobFilter.Scope.valueOf(wanted.getFirst().name()) : JobFilter.Scope.ALL);
    }

    JobFilter forLedger(JobFilter.Scope scope) {
        return new JobFilter(scope, queue, type, labels, audit, minAge.toNanos() / 1_000);
    }

    /// Of what has finished, as seen at `nowMicros` of log time.
    HistoryFilter forHistory(long nowMicros) {
        var outcomes = states.stream()
                .filter(state -> state == JobStatus.DEAD || !IN_LEDGER.contains(state))
                .map(state -> io.muster.jobs.JobState.Kind.valueOf(state.name()))
                .collect(Collectors.toSet());
        return new HistoryFilter(outcomes, queue, type, labels, audit, nowMicros - minAge.toNanos() / 1_000);
    }

    /// The states of a list with commas between; `otherwise` for none.
    static Set<JobStatus> states(String text, Set<JobStatus> otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        var states = EnumSet.noneOf(JobStatus.class);
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

    private static JobStatus state(String name) {
        for (JobStatus state : JobStatus.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                return state;
            }
        }
        throw malformed(
                "state '" + name + "' is not known: use one or more of scheduled, queued, claimed, succeeded, dead"
                        + " and cancelled, with commas between");
    }

    private static RequestRefused malformed(String detail) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, detail).refused();
    }
}

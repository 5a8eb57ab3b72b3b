package io.muster.api;

import io.muster.jobs.JobId;
import io.muster.jobs.JobLedger;
import io.muster.jobs.Stall;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Says of jobs that nothing in the cluster can run as it stands what they wait for: in advice, and to the submitter.
final class StallText {
    /// A worker that restarts is back sooner.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// More lines would hide the other advice; the ones that most jobs wait for come first.
    private static final int MAX_LINES = 5;

    private StallText() {}

    /// One sentence for each thing that jobs have waited for in vain for a while. Log time stands still while nothing
    /// happens, so the age is measured by `nowMicros` of the wall clock where that is later.
    static List<String> sentences(ClusterState state, long nowMicros) {
        var lines = new ArrayList<String>();
        for (Stall stall : lasting(state, nowMicros)) {
            if (lines.size() == MAX_LINES) {
                break;
            }
            lines.add(stall.jobs()
                    + (stall.jobs() == 1 ? " job waits for " : " jobs wait for ")
                    + inWords(stall.missing()));
        }
        return lines;
    }

    /// What has been waited for in vain for a while.
    static List<Stall> lasting(ClusterState state, long nowMicros) {
        long now = Math.max(nowMicros, state.micros());
        return state.jobs().stalls().stream()
                .filter(stall -> now - stall.sinceMicros() >= PATIENCE.toNanos() / 1_000)
                .toList();
    }

    /// What a job that was just submitted will wait for in vain, `""` for nothing.
    static String hint(JobLedger jobs, JobId job) {
        return jobs.missing(job)
                .map(missing -> "it waits for " + inWords(missing))
                .orElse("");
    }

    /// One word for a metric's label: never what a client wrote.
    static String kind(Stall.Missing missing) {
        return switch (missing) {
            case Stall.Missing.Workers _ -> "workers";
            case Stall.Missing.HandlerFor _ -> "handler";
            case Stall.Missing.WithLabels _ -> "labels";
            case Stall.Missing.Taker _ -> "taker";
            case Stall.Missing.OpenQueue _ -> "queue";
        };
    }

    private static String inWords(Stall.Missing missing) {
        return switch (missing) {
            case Stall.Missing.Workers() -> "a worker: none is there";
            case Stall.Missing.HandlerFor(String type) -> "a handler '" + type + "' that no worker has";
            case Stall.Missing.WithLabels(String type, var labels) ->
                "a worker with a handler '" + type + "' and the labels " + labels + ": none has both";
            case Stall.Missing.Taker(String type, var _) ->
                "a worker that takes '" + type + "': those that could are draining, away, or kept free as the leader";
            case Stall.Missing.OpenQueue(String queue) -> "queue '" + queue + "', which is paused";
        };
    }
}

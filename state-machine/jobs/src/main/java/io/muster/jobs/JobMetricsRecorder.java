package io.muster.jobs;

import io.muster.encoding.InvariantViolation;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/// Counts for [JobMetrics]: an addition a move, nothing allocated, read only when somebody asks.
final class JobMetricsRecorder {
    long submitted;
    long refusedResults;
    private final EnumMap<JobState.Kind, Count> finished = new EnumMap<>(JobState.Kind.class);
    private final EnumMap<JobEvent.Cause, Count> retries = new EnumMap<>(JobEvent.Cause.class);
    private final Histogram pickup = new Histogram();
    private final Histogram run = new Histogram();

    /// Notes that `job` moves to `next` at `now`.
    void moved(Job job, JobState next, JobEvent.Cause cause, Stamp now) {
        if (job.state() instanceof JobState.Queued(long sinceMicros) && next instanceof JobState.Claimed) {
            pickup.add(now.micros() - sinceMicros);
        }
        if (job.state() instanceof JobState.Claimed(Claim claim)) {
            long begun = claim.deadlineElapsedMicros() - job.spec.timeoutMillis() * 1_000;
            ended(now.elapsedMicros() - begun, next, cause);
        }
        if (next.kind().isFinished()) {
            count(finished, next.kind());
        }
    }

    private void ended(long runMicros, JobState next, JobEvent.Cause cause) {
        switch (cause) {
            case SUCCEEDED, FAILED, TIMED_OUT -> run.add(runMicros);
            case LOST, RELEASED, CANCELLED -> {}
            case SUBMITTED, DUE, CLAIMED, RETRIED ->
                throw new InvariantViolation("a claim does not end because its job was " + cause);
        }
        if (next.kind().isLive()) {
            count(retries, cause);
        }
    }

    JobMetrics view() {
        var outcomes = new EnumMap<JobState.Kind, Long>(JobState.Kind.class);
        for (JobState.Kind kind : JobState.Kind.values()) {
            if (kind.isFinished()) {
                outcomes.put(kind, sum(finished, kind));
            }
        }
        var causes = new EnumMap<JobEvent.Cause, Long>(JobEvent.Cause.class);
        for (JobEvent.Cause cause : List.of(
                JobEvent.Cause.FAILED, JobEvent.Cause.TIMED_OUT, JobEvent.Cause.LOST, JobEvent.Cause.RELEASED)) {
            causes.put(cause, sum(retries, cause));
        }
        return new JobMetrics(submitted, outcomes, causes, refusedResults, pickup.view(), run.view());
    }

    private static <K extends Enum<K>> void count(EnumMap<K, Count> counts, K of) {
        counts.computeIfAbsent(of, _ -> new Count()).sum++;
    }

    private static <K extends Enum<K>> long sum(EnumMap<K, Count> counts, K of) {
        Count count = counts.get(of);
        return count == null ? 0 : count.sum;
    }

    /// A number that grows in place.
    private static final class Count {
        private long sum;
    }

    /// Durations in the buckets of [JobMetrics.Spread].
    private static final class Histogram {
        private static final long[] BOUNDS = JobMetrics.Spread.BOUNDS_MICROS.stream()
                .mapToLong(Long::longValue)
                .toArray();

        private final long[] counts = new long[BOUNDS.length + 1];
        private long totalMicros;

        private void add(long micros) {
            int place = Arrays.binarySearch(BOUNDS, micros);
            counts[place >= 0 ? place : -place - 1]++;
            totalMicros += micros;
        }

        private JobMetrics.Spread view() {
            var copy = new ArrayList<Long>(counts.length);
            for (long count : counts) {
                copy.add(count);
            }
            return new JobMetrics.Spread(copy, totalMicros);
        }
    }
}

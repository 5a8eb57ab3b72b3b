package io.muster.api;

import io.muster.client.JobStatus;
import io.muster.client.QueueDocument;
import io.muster.client.WorkerDocument;
import io.muster.dispatch.LabelText;
import io.muster.exchange.Incarnations;
import io.muster.jobs.Capacity;
import io.muster.jobs.JobState.Kind;
import io.muster.jobs.QueueSettings;
import io.muster.jobs.WorkerState;
import io.muster.state.ClusterState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the state says of the cluster's work at one index. Its size depends on queues and workers, never on jobs.
///
/// @param index the entry it was taken at
/// @param counts jobs by state, kept by the ledger as they move
/// @param alarms what is wrong with the state itself, one sentence each
/// @param stalls what jobs wait for in vain, one sentence each
record Overview(
        long index,
        List<WorkerDocument> workers,
        List<QueueDocument> queues,
        Map<JobStatus, Long> counts,
        List<String> alarms,
        List<String> stalls) {
    static Overview of(ClusterState state) {
        var counts = new EnumMap<JobStatus, Long>(JobStatus.class);
        state.jobs().counts().forEach((kind, count) -> counts.put(JobViews.state(kind), count));
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return new Overview(
                state.appliedIndex(),
                workers(state),
                queues(state),
                counts,
                state.undecided().stream().toList(),
                StallText.sentences(state, nowMicros));
    }

    static List<WorkerDocument> workers(ClusterState state) {
        return state.jobs().workers().stream().map(Overview::worker).toList();
    }

    static List<QueueDocument> queues(ClusterState state) {
        return state.jobs().queues().stream()
                .map(queue -> queue(queue, state.micros()))
                .toList();
    }

    private static QueueDocument queue(io.muster.jobs.QueueView queue, long micros) {
        return new QueueDocument(
                queue.name(),
                queue.counts().getOrDefault(Kind.QUEUED, 0L),
                queue.counts().getOrDefault(Kind.CLAIMED, 0L),
                oldestMillis(queue.oldest(), micros),
                queue.settings().leaderWorks().name().toLowerCase(Locale.ROOT),
                queue.settings().weight(),
                queue.settings().flow() == QueueSettings.Flow.PAUSED);
    }

    private static @Nullable Long oldestMillis(io.muster.jobs.QueueView.Oldest oldest, long micros) {
        return switch (oldest) {
            case io.muster.jobs.QueueView.Oldest.None() -> null;
            case io.muster.jobs.QueueView.Oldest.OldestJob(var _, long sinceMicros) ->
                Math.max(0, (micros - sinceMicros) / 1_000);
        };
    }

    private static WorkerDocument worker(io.muster.jobs.WorkerView worker) {
        return new WorkerDocument(
                worker.id().value(),
                Incarnations.text(worker.incarnation()),
                state(worker.state(), worker.capacity().intake()),
                worker.slots(),
                worker.claims().size(),
                LabelText.map(worker.capacity().labels()),
                worker.capacity().handlers(),
                JobViews.instant(worker.sinceMicros()),
                worker.reason().isEmpty() ? null : worker.reason());
    }

    private static String state(WorkerState state, Capacity.Intake intake) {
        return switch (state) {
            case ACTIVE ->
                switch (intake) {
                    case OPEN -> "joined";
                    case DRAINING -> "draining";
                };
            case SUSPENDED -> "suspended";
            case LOST -> "lost";
            case LEFT -> "left";
        };
    }
}

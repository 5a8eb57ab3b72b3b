package io.muster.duties;

import io.muster.jobs.Difference;
import io.muster.jobs.Holding;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One worker's last report, and what it was told since. While the seat is taken, news is told without being asked for.
final class Seat {
    final WorkerReport report;
    private final Consumer<WorkerAnswer> sink;
    private final Set<Holding.Attempt> toldToRun = new HashSet<>();
    private final Set<Holding.Attempt> toldToDrop = new HashSet<>();
    private boolean isAnswered;

    Seat(WorkerReport report, Consumer<WorkerAnswer> sink) {
        this.report = report;
        this.sink = sink;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    /// Answers with anything but a difference.
    void answer(WorkerAnswer answer) {
        isAnswered = true;
        sink.accept(answer);
    }

    /// Tells the difference, or only what is new in it since the last time.
    void tell(Difference.Of difference, long term, long index) {
        var lacking = difference.lacking().stream()
                .filter(job -> toldToRun.add(attemptOf(job)))
                .toList();
        var drops = difference.drops().stream()
                .filter(drop -> toldToDrop.add(drop.attempt()))
                .toList();
        if (isAnswered && lacking.isEmpty() && drops.isEmpty()) {
            return;
        }
        var acknowledged = isAnswered ? List.<Difference.Acknowledged>of() : difference.acknowledged();
        isAnswered = true;
        var news = new Difference.Of(acknowledged, List.of(), lacking, drops);
        int holdMillis = (int) (Presence.HOLD_NANOS / 1_000_000);
        sink.accept(new WorkerAnswer.Told(news, holdMillis, term, index));
    }

    /// What the worker holds as far as is known here: what it said, and what it was told to run since.
    Holding holding() {
        var said = report.holding();
        if (toldToRun.isEmpty()) {
            return said;
        }
        var held = new ArrayList<>(said.held());
        held.addAll(toldToRun);
        return new Holding(said.worker(), said.incarnation(), held, said.unacknowledged());
    }

    private static Holding.Attempt attemptOf(JobView job) {
        return switch (job.state()) {
            case JobState.Claimed(var claim) -> new Holding.Attempt(job.id(), claim.attempt());
            case JobState.Scheduled _, JobState.Queued _, JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ ->
                throw new IllegalStateException(job.id() + " is lacking somewhere but not claimed");
        };
    }
}

package io.muster.coordinator;

import io.muster.encoding.InvariantViolation;
import io.muster.jobs.Delta;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One worker's last report, and what it was told since: news is told without being asked for.
final class WorkerSession {
    /// What a worker is told to run between two of its reports, in bytes of payloads and checkpoints: it bounds an
    /// answer, and what lies on the way to a worker that does not read.
    static final int MAX_CLAIM_BYTES = 4 << 20;

    /// Names, numbers and the JSON around them.
    private static final int CLAIM_OVERHEAD_BYTES = 512;

    final WorkerReport report;
    private final Consumer<WorkerAnswer> sink;
    private final Set<Inventory.Attempt> toldToRun = new HashSet<>();
    private final Set<Inventory.Attempt> toldToDrop = new HashSet<>();
    private long toldBytes;
    private boolean isAnswered;
    private boolean wasToldOfMore;

    WorkerSession(WorkerReport report, Consumer<WorkerAnswer> sink) {
        this.report = report;
        this.sink = sink;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    /// Answers with anything but a delta.
    void answer(WorkerAnswer answer) {
        isAnswered = true;
        sink.accept(answer);
    }

    /// Tells the delta, or only what is new in it since the last time, as far as there is room for it.
    void tell(Delta.Of delta, long term, long index) {
        var lacking = new ArrayList<JobView>();
        boolean hasMore = false;
        for (JobView job : delta.lacking()) {
            if (toldToRun.contains(attemptOf(job))) {
                continue;
            }
            hasMore = hasMore || !hasRoomFor(job);
            if (!hasMore) {
                toldToRun.add(attemptOf(job));
                toldBytes += bytes(job);
                lacking.add(job);
            }
        }
        var drops = delta.drops().stream()
                .filter(drop -> toldToDrop.add(drop.attempt()))
                .toList();
        boolean isNews = !lacking.isEmpty() || !drops.isEmpty() || (hasMore && !wasToldOfMore);
        if (isAnswered && !isNews) {
            return;
        }
        var acknowledged = isAnswered ? List.<Delta.Acknowledged>of() : delta.acknowledged();
        isAnswered = true;
        wasToldOfMore = hasMore;
        var news = new Delta.Of(acknowledged, List.of(), lacking, drops);
        int leaseMillis = (int) (FailureDetector.LEASE_NANOS / 1_000_000);
        sink.accept(new WorkerAnswer.Told(news, leaseMillis, term, index, hasMore));
    }

    /// One claim always fits, whatever its size, or nothing would ever go on. A worker that could not read what it was
    /// told is told of one claim at a time.
    private boolean hasRoomFor(JobView job) {
        int most = report.unread().isEmpty() ? MAX_CLAIM_BYTES : 0;
        return toldToRun.isEmpty() || toldBytes + bytes(job) <= most;
    }

    private static int bytes(JobView job) {
        int checkpoint = job.state() instanceof JobState.Claimed(var claim)
                ? claim.checkpoint().size()
                : 0;
        return CLAIM_OVERHEAD_BYTES + job.spec().payload().size() + checkpoint;
    }

    /// The worker that reported.
    NodeId worker() {
        return report.inventory().worker();
    }

    /// What the worker holds as far as is known here: what it reported, and what it was told to run since.
    Inventory inventory() {
        var reported = report.inventory();
        if (toldToRun.isEmpty()) {
            return reported;
        }
        var held = new ArrayList<>(reported.held());
        held.addAll(toldToRun);
        return new Inventory(reported.worker(), reported.incarnation(), held, reported.unacknowledged());
    }

    private static Inventory.Attempt attemptOf(JobView job) {
        if (job.state() instanceof JobState.Claimed(var claim)) {
            return new Inventory.Attempt(job.id(), claim.attempt());
        }
        throw new InvariantViolation(job.id() + " is lacking somewhere but not claimed");
    }
}

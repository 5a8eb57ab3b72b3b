package io.muster.benchmarks;

import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Claim;
import io.muster.jobs.CommandOrigin;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobLedger;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.ArrayDeque;
import java.util.List;

/// A job ledger driven by a log of its own, as the state machine drives it.
final class DrivenLedger {
    private final JobLedger ledger = new JobLedger(this::note);
    private final ArrayDeque<JobView> running = new ArrayDeque<>();
    private long index;

    static JobSpec noop() {
        return JobSpec.of("noop", "default", Bytes.EMPTY);
    }

    void join(String name, int slots, Labels labels, String... handlers) {
        apply(new JobCommand.JoinWorker(new NodeId(name), 1, Capacity.of(slots, labels, List.of(handlers))));
    }

    void lose(String name) {
        running.removeIf(job -> claim(job).worker().value().equals(name));
        apply(new JobCommand.LoseWorker(new NodeId(name), 1, "it fell silent"));
    }

    void submit(JobSpec spec) {
        submit(List.of(spec));
    }

    void submit(List<JobSpec> specs) {
        apply(new JobCommand.Submit(specs));
    }

    /// Ends the job that runs longest with success; what it was.
    JobSpec finishOne() {
        JobView job = running.removeFirst();
        Claim claim = claim(job);
        var result = new WorkResult(job.id(), claim.attempt(), new RunEnding.Success(Bytes.EMPTY));
        apply(new JobCommand.ReportWork(claim.worker(), claim.incarnation(), List.of(result), List.of()));
        return job.spec();
    }

    private void apply(JobCommand command) {
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(index * 1_000, index * 1_000));
        ledger.advance(stamp);
        ledger.apply(stamp, CommandOrigin.INTERNAL, command);
        ledger.settle(stamp);
        ledger.takeClosedBlocks();
    }

    private void note(JobEvent event) {
        if (event instanceof JobEvent.Moved(JobView job, var _) && job.state() instanceof JobState.Claimed) {
            running.addLast(job);
        }
    }

    private static Claim claim(JobView job) {
        if (job.state() instanceof JobState.Claimed(Claim claim)) {
            return claim;
        }
        throw new IllegalStateException(job.id() + " does not run");
    }
}

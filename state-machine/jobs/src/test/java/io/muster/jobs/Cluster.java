package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A ledger and the log that drives it: each command is one entry, a millisecond after the one before.
final class Cluster {
    static final long SECOND = 1_000_000;

    final List<JobEvent> events = new ArrayList<>();
    JobLedger ledger = new JobLedger(events::add);
    long index;
    long micros = 1_700_000_000_000_000L;
    long elapsedMicros = 1_000_000_000L;

    static NodeId node(String name) {
        return new NodeId(name);
    }

    static JobSpec noop() {
        return JobSpec.of("noop", "default", Bytes.utf8("{}"));
    }

    static JobSpec sleep() {
        return JobSpec.of("sleep", "default", Bytes.utf8("{}"));
    }

    /// Carries a command through one entry of the log.
    JobReply apply(JobCommand command) {
        return apply(CommandOrigin.INTERNAL, command);
    }

    JobReply apply(CommandOrigin origin, JobCommand command) {
        var stamp = next();
        ledger.advance(stamp);
        JobReply reply = ledger.apply(stamp, origin, command);
        ledger.settle(stamp);
        return reply;
    }

    /// Lets log time pass, as an idle leader's tick does.
    void pass(long duration) {
        micros += duration;
        elapsedMicros += duration;
        var stamp = next();
        ledger.advance(stamp);
        ledger.settle(stamp);
    }

    void lead(String name) {
        var stamp = next();
        ledger.advance(stamp);
        ledger.leaderChanged(node(name));
        ledger.settle(stamp);
    }

    /// The date is set forward by so much, as by a majority's clocks, and no time passes.
    void setForward(long step) {
        micros += step;
        pass(0);
    }

    /// Whether the ledger wants an entry of the log by then, if nothing else happens.
    boolean isDueIn(long duration) {
        return ledger.isDueAt(time().plusMicros(duration));
    }

    LogTime time() {
        return new LogTime(micros, elapsedMicros);
    }

    Stamp next() {
        index++;
        micros += 1_000;
        elapsedMicros += 1_000;
        return new Stamp(1, index, 0, time());
    }

    /// Joins a worker that runs `noop` and `sleep`.
    void join(String name, int slots) {
        join(name, 1, Capacity.of(slots, Labels.NONE, List.of("noop", "sleep")));
    }

    JobReply join(String name, long incarnation, Capacity capacity) {
        return apply(new JobCommand.JoinWorker(node(name), incarnation, capacity));
    }

    JobId submit(JobSpec spec) {
        return submit(List.of(spec)).getFirst();
    }

    List<JobId> submit(List<JobSpec> specs) {
        return switch (apply(new JobCommand.Submit(specs))) {
            case JobReply.Submitted(var receipts) ->
                receipts.stream().map(JobReply.Receipt::job).toList();
            case JobReply other -> throw new AssertionError("not submitted: " + other);
        };
    }

    JobReply.ResultVerdict report(String worker, JobId job, int attempt, RunEnding ending) {
        return report(worker, 1, job, attempt, ending);
    }

    JobReply.ResultVerdict report(String worker, long incarnation, JobId job, int attempt, RunEnding ending) {
        var results = List.of(new WorkResult(job, attempt, ending));
        return switch (apply(new JobCommand.ReportWork(node(worker), incarnation, results, List.of()))) {
            case JobReply.Reported(var verdicts) -> verdicts.getFirst();
            case JobReply other -> throw new AssertionError("not reported: " + other);
        };
    }

    JobReply.ResultVerdict succeed(String worker, JobId job) {
        return report(worker, job, claim(job).attempt(), success());
    }

    JobReply.ResultVerdict fail(String worker, JobId job) {
        return report(worker, job, claim(job).attempt(), failure());
    }

    void lose(String worker) {
        apply(new JobCommand.LoseWorker(node(worker), 1, "it fell silent"));
    }

    List<JobReply.ChangeResult> cancel(JobId... jobs) {
        return changes(new JobCommand.Cancel(Arrays.asList(jobs)));
    }

    List<JobReply.ChangeResult> retry(JobId... jobs) {
        return changes(new JobCommand.Retry(Arrays.asList(jobs)));
    }

    List<JobReply.ChangeResult> purge(JobId... jobs) {
        return changes(new JobCommand.Purge(Arrays.asList(jobs)));
    }

    JobState state(JobId job) {
        return ledger.find(job).orElseThrow().state();
    }

    Claim claim(JobId job) {
        return switch (state(job)) {
            case JobState.Claimed(var claim) -> claim;
            case JobState other -> throw new AssertionError(job + " is not claimed: " + other);
        };
    }

    String worker(JobId job) {
        return claim(job).worker().value();
    }

    static RunEnding success() {
        return new RunEnding.Success(Bytes.utf8("\"done\""));
    }

    static RunEnding failure() {
        return new RunEnding.Failure("it broke", RunEnding.RetryAdvice.RETRY);
    }

    private List<JobReply.ChangeResult> changes(JobCommand command) {
        return switch (apply(command)) {
            case JobReply.Changed(var changes) -> changes;
            case JobReply other -> throw new AssertionError("not changed: " + other);
        };
    }
}

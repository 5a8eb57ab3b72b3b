package io.muster.dispatch;

import io.muster.coordinator.WorkerAnswer;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.DroppedRun;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.LeaderHint;
import io.muster.jobs.Delta;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;

/// What a worker is told in an exchange, in the words of the wire.
public final class ExchangeReplyMapper {
    /// A worker asks the leader this long after it was told of a change of leader.
    private static final int RETRY_ELSEWHERE_MILLIS = 50;

    /// A mistake of ours will most likely be made again: often enough to go on with, too seldom to fill a log.
    private static final int RETRY_AFTER_MISTAKE_MILLIS = 500;

    /// Names, numbers and the JSON around them.
    private static final int SMALL_BYTES = 512;

    private final LeaderHints hints;

    /// @param hints the node that a worker is told to turn to
    public ExchangeReplyMapper(LeaderHints hints) {
        this.hints = hints;
    }

    /// The answer to the request numbered `sequence`.
    public ExchangeAnswer of(WorkerAnswer answer, long sequence) {
        return switch (answer) {
            case WorkerAnswer.Told told -> reply(told, sequence, hints.self());
            case WorkerAnswer.NotLeading _ -> refusal(sequence, "this node does not lead", RETRY_ELSEWHERE_MILLIS);
            case WorkerAnswer.RetryLater(var reason, var retryMillis) -> refusal(sequence, reason, retryMillis);
            // It may be asked again, and is not taken for a sign of life: a worker over whose reports nodes go on
            // failing is lost like a silent one, instead of holding its jobs for ever.
            case WorkerAnswer.Failed(var reason) -> refusal(sequence, reason, RETRY_AFTER_MISTAKE_MILLIS);
            case WorkerAnswer.Over(var reason) -> new ExchangeEnd(sequence, reason);
        };
    }

    /// About how many bytes an answer takes once it is written; never much less.
    static long weight(WorkerAnswer answer) {
        if (!(answer instanceof WorkerAnswer.Told told)) {
            return SMALL_BYTES;
        }
        var delta = told.delta();
        long weight =
                SMALL_BYTES * (1L + delta.acknowledged().size() + delta.drops().size());
        for (JobView job : delta.lacking()) {
            weight += SMALL_BYTES + job.spec().payload().size();
            weight += job.state() instanceof JobState.Claimed(var claim)
                    ? claim.checkpoint().size()
                    : 0;
        }
        return weight;
    }

    /// Says that nothing was read or written.
    ExchangeRefusal refusal(long sequence, String why, int retryMillis) {
        return new ExchangeRefusal(sequence, why, retryMillis, hints.leader().orElse(null));
    }

    /// The delta in the words of the wire; `self` is whom the worker shall go on talking to.
    public static ExchangeReply reply(WorkerAnswer.Told told, long sequence, LeaderHint self) {
        var delta = told.delta();
        var acknowledged = new ArrayList<AttemptId>(delta.acknowledged().size());
        for (Delta.Acknowledged known : delta.acknowledged()) {
            acknowledged.add(id(known.attempt()));
        }
        var claims = new ArrayList<ClaimedRun>(delta.lacking().size());
        for (JobView job : delta.lacking()) {
            if (job.state() instanceof JobState.Claimed(var claim)) {
                claims.add(claim(job, claim));
            }
        }
        var drops = new ArrayList<DroppedRun>(delta.drops().size());
        for (Delta.Drop drop : delta.drops()) {
            drops.add(new DroppedRun(id(drop.attempt()), inWords(drop.reason())));
        }
        return new ExchangeReply(
                sequence,
                acknowledged,
                claims,
                drops,
                told.leaseMillis(),
                self,
                told.term(),
                told.index(),
                told.hasMore());
    }

    private static ClaimedRun claim(JobView job, io.muster.jobs.Claim claim) {
        return new ClaimedRun(
                new AttemptId(job.id().toString(), claim.attempt()),
                claim.fence().toString(),
                job.spec().type(),
                job.spec().payload(),
                job.spec().timeoutMillis(),
                instant(claim.sinceMicros() + job.spec().timeoutMillis() * 1_000),
                claim.checkpoint());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static AttemptId id(Inventory.Attempt attempt) {
        return new AttemptId(attempt.job().toString(), attempt.number());
    }

    private static String inWords(Delta.Reason reason) {
        return switch (reason) {
            case CANCELLED -> "the job was cancelled";
            case FINISHED -> "the job has finished without this run";
            case TAKEN_BACK -> "the claim was taken back: its deadline passed, or this worker was given up for lost";
            case UNKNOWN -> "the ledger does not know the job, or no longer";
        };
    }
}

package io.muster.dispatch;

import io.muster.coordinator.WorkerReport;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.HeldRun;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import io.muster.jobs.Capacity;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobId;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What a worker says in an exchange, in the words of the ledger.
public final class ExchangeRequestMapper {
    private ExchangeRequestMapper() {}

    /// The report of `principal`; throws [IllegalArgumentException] with what is wrong where the ledger would not take
    /// it.
    public static WorkerReport of(ExchangeRequest request, String principal) {
        var worker = new NodeId(request.worker());
        var held = new ArrayList<Inventory.Attempt>(request.held().size());
        var checkpoints = new ArrayList<Checkpoint>();
        for (HeldRun run : request.held()) {
            var attempt = attempt(run.id());
            held.add(attempt);
            if (!run.checkpoint().isEmpty()) {
                checkpoints.add(new Checkpoint(attempt.job(), attempt.number(), run.checkpoint()));
            }
        }
        var ended = new ArrayList<Inventory.Attempt>(request.results().size());
        var results = new ArrayList<WorkResult>(request.results().size());
        for (RunResult result : request.results()) {
            var attempt = attempt(result.id());
            ended.add(attempt);
            results.add(new WorkResult(attempt.job(), attempt.number(), ending(result.outcome())));
            if (!result.checkpoint().isEmpty()) {
                checkpoints.add(new Checkpoint(attempt.job(), attempt.number(), result.checkpoint()));
            }
        }
        if (new HashSet<>(held).size() < held.size() || new HashSet<>(ended).size() < ended.size()) {
            throw new IllegalArgumentException("an attempt stands twice in 'held' or in 'results': name each once");
        }
        var inventory = new Inventory(worker, request.incarnation(), held, ended);
        return new WorkerReport(
                principal, request.sequence(), capacity(request), inventory, results, checkpoints, request.unread());
    }

    private static Capacity capacity(ExchangeRequest request) {
        Labels labels = LabelText.labels(request.labels());
        var capacity = Capacity.of(request.slots(), labels, List.copyOf(request.handlers()));
        return request.draining() ? capacity.draining() : capacity;
    }

    private static Inventory.Attempt attempt(AttemptId id) {
        return new Inventory.Attempt(JobId.parse(id.job()), id.attempt());
    }

    private static RunEnding ending(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded(var result) -> new RunEnding.Success(result);
            case RunOutcome.Failed(var error, var retryable) ->
                new RunEnding.Failure(error, retryable ? RunEnding.RetryAdvice.RETRY : RunEnding.RetryAdvice.GIVE_UP);
            case RunOutcome.Released _ -> new RunEnding.Released();
        };
    }
}

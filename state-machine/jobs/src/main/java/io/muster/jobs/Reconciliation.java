package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares what a worker says it holds with what the ledger says it holds.
final class Reconciliation {
    private final JobIndexes indexes;
    private final RunCompletion completion;

    Reconciliation(JobIndexes indexes, RunCompletion completion) {
        this.indexes = indexes;
        this.completion = completion;
    }

    Delta delta(Inventory inventory) {
        Worker worker = indexes.workers.find(inventory.worker());
        if (worker != null && worker.ended.contains(inventory.incarnation())) {
            return new Delta.Superseded();
        }
        if (worker == null || worker.isGone() || worker.incarnation != inventory.incarnation()) {
            return new Delta.NotJoined();
        }
        var acknowledged = new ArrayList<Delta.Acknowledged>();
        var fresh = new ArrayList<Inventory.Attempt>();
        for (Inventory.Attempt attempt : inventory.unacknowledged()) {
            JobReply.ResultVerdict verdict =
                    completion.verdict(worker.id, worker.incarnation, attempt.job(), attempt.number());
            if (verdict == null) {
                fresh.add(attempt);
            } else {
                acknowledged.add(new Delta.Acknowledged(attempt, verdict));
            }
        }
        var drops = new ArrayList<Delta.Drop>();
        for (Inventory.Attempt attempt : inventory.held()) {
            if (completion.verdict(worker.id, worker.incarnation, attempt.job(), attempt.number()) != null) {
                drops.add(new Delta.Drop(attempt, reason(attempt.job())));
            }
        }
        return new Delta.Of(acknowledged, fresh, lacking(worker, inventory), drops);
    }

    private static List<JobView> lacking(Worker worker, Inventory inventory) {
        Set<Inventory.Attempt> known = new HashSet<>(inventory.held());
        known.addAll(inventory.unacknowledged());
        var lacking = new ArrayList<JobView>();
        for (Job job : worker.claims.values()) {
            if (!known.contains(new Inventory.Attempt(job.id, job.tries().claims()))) {
                lacking.add(job.view());
            }
        }
        return lacking;
    }

    private Delta.Reason reason(JobId id) {
        Job job = indexes.job(id);
        if (job != null) {
            return job.state() instanceof JobState.Dead ? Delta.Reason.FINISHED : Delta.Reason.TAKEN_BACK;
        }
        OutcomeRecord outcome = indexes.outcomes.find(id);
        if (outcome == null) {
            return Delta.Reason.UNKNOWN;
        }
        return outcome.outcome() == JobState.Kind.CANCELLED ? Delta.Reason.CANCELLED : Delta.Reason.FINISHED;
    }
}

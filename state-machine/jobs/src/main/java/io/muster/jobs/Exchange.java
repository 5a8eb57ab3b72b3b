package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares what a worker says it holds with what the ledger says it holds.
final class Exchange {
    private final Books books;
    private final Endings endings;

    Exchange(Books books, Endings endings) {
        this.books = books;
        this.endings = endings;
    }

    Difference difference(Holding holding) {
        Worker worker = books.workers.find(holding.worker());
        if (worker != null && worker.ended.contains(holding.incarnation())) {
            return new Difference.Superseded();
        }
        if (worker == null || worker.isGone() || worker.incarnation != holding.incarnation()) {
            return new Difference.NotJoined();
        }
        var acknowledged = new ArrayList<Difference.Acknowledged>();
        var fresh = new ArrayList<Holding.Attempt>();
        for (Holding.Attempt attempt : holding.unacknowledged()) {
            JobReply.Verdict verdict = endings.verdict(worker.id, worker.incarnation, attempt.job(), attempt.number());
            if (verdict == null) {
                fresh.add(attempt);
            } else {
                acknowledged.add(new Difference.Acknowledged(attempt, verdict));
            }
        }
        var drops = new ArrayList<Difference.Drop>();
        for (Holding.Attempt attempt : holding.held()) {
            if (endings.verdict(worker.id, worker.incarnation, attempt.job(), attempt.number()) != null) {
                drops.add(new Difference.Drop(attempt, reason(attempt.job())));
            }
        }
        return new Difference.Of(acknowledged, fresh, lacking(worker, holding), drops);
    }

    private static List<JobView> lacking(Worker worker, Holding holding) {
        Set<Holding.Attempt> known = new HashSet<>(holding.held());
        known.addAll(holding.unacknowledged());
        var lacking = new ArrayList<JobView>();
        for (Job job : worker.claims.values()) {
            if (!known.contains(new Holding.Attempt(job.id, job.claims))) {
                lacking.add(job.view());
            }
        }
        return lacking;
    }

    private Difference.Reason reason(JobId id) {
        Job job = books.job(id);
        if (job != null) {
            return job.state() instanceof JobState.Dead ? Difference.Reason.FINISHED : Difference.Reason.TAKEN_BACK;
        }
        OutcomeRecord outcome = books.outcomes.find(id);
        if (outcome == null) {
            return Difference.Reason.UNKNOWN;
        }
        return outcome.outcome() == JobState.Kind.CANCELLED ? Difference.Reason.CANCELLED : Difference.Reason.FINISHED;
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.JobDocument;
import io.muster.history.HistoryStore;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobId;
import io.muster.jobs.OutcomeRecord;
import io.muster.state.ClusterState;
import java.util.Optional;

/// Finds one job wherever it stands: in the ledger, in the open history block, or in the history.
final class JobLookup {
    private final ClusterPort cluster;
    private final Reads reads;
    private final HistoryStore history;

    JobLookup(ClusterPort cluster, Reads reads, HistoryStore history) {
        this.cluster = cluster;
        this.reads = reads;
        this.history = history;
    }

    /// The job, or a 404.
    JobDocument find(Context ctx, JobId id) throws InterruptedException {
        JobDocument job = findJob(ctx, id);
        return reads.read(state -> state.references().output(id.toString()))
                .map(output -> job.with(OutputViews.of(output)))
                .orElse(job);
    }

    private JobDocument findJob(Context ctx, JobId id) throws InterruptedException {
        if (id.index() > cluster.appliedIndex()) {
            // The id tells where in the log the job was submitted: this node has not seen that entry
            // yet. A caller that has just been given the id by another node must find the job here as
            // well.
            reads.awaitBarrier();
        }
        Optional<JobDocument> present = reads.read(ctx, state -> inState(state, id));
        if (present.isPresent()) {
            return present.get();
        }
        Optional<Long> block = reads.read(state -> state.jobs().outcome(id).map(OutcomeRecord::block));
        return switch (block.isPresent() ? history.find(id, block.get()) : history.find(id)) {
            case HistoryStore.Found.Here<FinishedJob>(FinishedJob job) -> JobViews.of(job);
            case HistoryStore.Found.Nowhere<FinishedJob>() ->
                throw Refusal.of(ProblemType.NOT_FOUND, "there is no " + id).refused();
            case HistoryStore.Found.NotHereYet<FinishedJob>(String why) ->
                throw Refusal.of(ProblemType.STALE, why).retryAfter(5).refused();
        };
    }

    private static Optional<JobDocument> inState(ClusterState state, JobId id) {
        String reason =
                state.jobs().explain(id).flatMap(WaitingReasonText::sentence).orElse(null);
        return state.jobs()
                .find(id)
                .map(job -> JobViews.of(job, reason))
                .or(() -> state.jobs().findInOpenBlock(id).map(JobViews::of));
    }
}

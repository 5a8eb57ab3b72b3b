package io.muster.state;

import io.muster.audits.AuditId;
import io.muster.audits.AuditPayload;
import io.muster.audits.AuditedJobs;
import io.muster.audits.JobEnd;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.jobs.CommandOrigin;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLedger;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import io.muster.jobs.LastRun;
import io.muster.jobs.QueueSettings;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The jobs of audits: one for each chosen package, never a second one for a package that is still queued.
final class AuditJobs implements AuditedJobs {
    private static final int MAX_PAYLOAD_BYTES = StartAudit.MAX_CANDIDATE_BYTES + AuditPayload.MAX_BYTES_AROUND_PURL;

    private final JobLedger jobs;
    private final Predicate<String> isPublished;

    /// @param isPublished whether the cluster has the advisory set of that digest, and any worker may fetch it
    AuditJobs(JobLedger jobs, Predicate<String> isPublished) {
        this.jobs = jobs;
        this.isPublished = isPublished;
    }

    @Override
    public boolean hasRoomFor(AuditId audit, StartAudit request, int candidates) {
        var like = spec(audit, request, request.candidates().getFirst());
        return jobs.hasRoomFor(like, candidates, (long) candidates * MAX_PAYLOAD_BYTES);
    }

    @Override
    public List<Receipt> submit(Stamp stamp, AuditId audit, StartAudit request, List<String> candidates) {
        var receipts = new ArrayList<Receipt>(candidates.size());
        for (int from = 0; from < candidates.size(); from += JobLimits.MAX_BATCH) {
            var part = candidates.subList(from, Math.min(candidates.size(), from + JobLimits.MAX_BATCH));
            var specs = part.stream().map(each -> spec(audit, request, each)).toList();
            var reply = jobs.apply(stamp, CommandOrigin.INTERNAL, new JobCommand.Submit(specs));
            if (!(reply instanceof JobReply.Submitted(var submitted))) {
                throw new InvariantViolation("the job ledger had room and then refused: " + reply);
            }
            submitted.forEach(each -> receipts.add(
                    new Receipt(each.job().toString(), each.deduplication() == JobReply.Deduplication.ALREADY_LIVE)));
        }
        return receipts;
    }

    @Override
    public int cancel(Stamp stamp, List<String> names) {
        var begun = names.stream().map(JobId::parse).filter(this::isOfAudits).toList();
        for (int from = 0; from < begun.size(); from += JobLimits.MAX_BATCH) {
            var part = begun.subList(from, Math.min(begun.size(), from + JobLimits.MAX_BATCH));
            jobs.apply(stamp, CommandOrigin.INTERNAL, new JobCommand.Cancel(part));
        }
        return begun.size();
    }

    private boolean isOfAudits(JobId id) {
        return jobs.find(id).filter(job -> !job.spec().owner().isEmpty()).isPresent();
    }

    private JobSpec spec(AuditId id, StartAudit request, String candidate) {
        String label = AuditPayload.label(request.database());
        return JobSpec.of(AuditPayload.TYPE, QueueSettings.AUDITS, AuditPayload.json(request, candidate))
                .withLabels(Labels.of(required(request.database(), label)))
                .withUniqueKey(uniqueKey(label, candidate))
                .withOwner(id.toString());
    }

    private String required(String database, String label) {
        return isPublished.test(database)
                ? AuditPayload.FETCHES_LABEL + "=" + AuditPayload.FETCHES
                : AuditPayload.DATABASE_LABEL + "=" + label;
    }

    /// A candidate too long to stand in a key goes without: it may then be audited twice, which is only waste.
    private static String uniqueKey(String label, String candidate) {
        String key = "audit:" + label + ":" + candidate;
        return key.length() <= JobLimits.MAX_KEY_BYTES ? key : "";
    }

    /// How a job ended, in the words of audits.
    static JobEnd end(FinishedJob job) {
        String worker = "";
        int attempt = 0;
        if (job.lastRun() instanceof LastRun.By by) {
            worker = by.worker().value();
            attempt = by.attempt();
        }
        return switch (job.state()) {
            case JobState.Succeeded(var result) ->
                new JobEnd(job.id().toString(), JobEnd.Completion.CONCLUDED, worker, attempt, result);
            case JobState.Dead(var _, var message) ->
                new JobEnd(job.id().toString(), JobEnd.Completion.FAILED, worker, attempt, Bytes.utf8(message));
            case JobState.Cancelled _ ->
                new JobEnd(job.id().toString(), JobEnd.Completion.FAILED, worker, attempt, Bytes.utf8("cancelled"));
        };
    }
}

package io.muster.state;

import io.muster.audits.AuditId;
import io.muster.audits.AuditLedger;
import io.muster.audits.AuditPayload;
import io.muster.audits.AuditReply;
import io.muster.audits.JobEnd;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
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

/// What follows from an audit in the ledger of jobs, and back: one job for each chosen package, never a second one for
/// a package that is still queued, and a conclusion for each job that ends.
final class AuditJobs {
    private static final int RETRY_MILLIS = 1_000;
    private static final int MAX_PAYLOAD_BYTES = StartAudit.MAX_CANDIDATE_BYTES + AuditPayload.MAX_BYTES_AROUND_PURL;

    private final JobLedger jobs;
    private final AuditLedger audits;

    AuditJobs(JobLedger jobs, AuditLedger audits) {
        this.jobs = jobs;
        this.audits = audits;
    }

    /// Starts the audit whole or not at all.
    AuditReply start(StartAudit request, Stamp stamp) {
        if (!audits.hasRoom()) {
            return new AuditReply.Full("audits that still run take all the room there is", RETRY_MILLIS);
        }
        int candidates = request.candidates().size();
        var like =
                spec(new AuditId(stamp.index()), request, request.candidates().getFirst());
        if (!jobs.hasRoomFor(like, candidates, (long) candidates * MAX_PAYLOAD_BYTES)) {
            return new AuditReply.Full("the job ledger is too full for " + candidates + " further jobs", RETRY_MILLIS);
        }
        var id = new AuditId(stamp.index());
        var chosen = audits.begin(request, stamp);
        int alreadyQueued = 0;
        for (int from = 0; from < chosen.size(); from += JobLimits.MAX_BATCH) {
            var part = chosen.subList(from, Math.min(chosen.size(), from + JobLimits.MAX_BATCH));
            alreadyQueued += submit(id, request, part, stamp);
        }
        return new AuditReply.Started(id, chosen.size(), alreadyQueued);
    }

    /// Calls an audit off, and with it those of its jobs that an audit began and no other waits for.
    AuditReply cancel(AuditId id, Stamp stamp) {
        var forsaken = audits.cancel(id, stamp.micros());
        if (forsaken.isEmpty()) {
            return new AuditReply.NotRunning(id);
        }
        var begun = forsaken.get().stream()
                .map(JobId::parse)
                .filter(this::isOfAudits)
                .toList();
        for (int from = 0; from < begun.size(); from += JobLimits.MAX_BATCH) {
            var part = begun.subList(from, Math.min(begun.size(), from + JobLimits.MAX_BATCH));
            jobs.apply(stamp, CommandOrigin.INTERNAL, new JobCommand.Cancel(part));
        }
        return new AuditReply.Cancelled(id, begun.size());
    }

    /// Whether a job was submitted for an audit; what somebody else has submitted under the same unique key is not ours
    /// to cancel.
    private boolean isOfAudits(JobId id) {
        return jobs.find(id).filter(job -> !job.spec().owner().isEmpty()).isPresent();
    }

    /// Passes on how a job ended, where an audit waits for it; returns the audits that moved.
    List<AuditId> finished(FinishedJob job) {
        String name = job.id().toString();
        if (!audits.isAwaited(name)) {
            return List.of();
        }
        var waiting = audits.waitingFor(name);
        audits.concluded(end(job), job.finishedMicros());
        return waiting;
    }

    private int submit(AuditId id, StartAudit request, List<String> candidates, Stamp stamp) {
        var specs = new ArrayList<JobSpec>(candidates.size());
        for (String candidate : candidates) {
            specs.add(spec(id, request, candidate));
        }
        var reply = jobs.apply(stamp, CommandOrigin.INTERNAL, new JobCommand.Submit(specs));
        if (!(reply instanceof JobReply.Submitted(var receipts))) {
            throw new IllegalStateException("the job ledger had room and then refused: " + reply);
        }
        Invariant.check(receipts.size() == candidates.size(), "one receipt for each job");
        int alreadyQueued = 0;
        for (int i = 0; i < receipts.size(); i++) {
            audits.await(id, receipts.get(i).job().toString(), candidates.get(i));
            alreadyQueued += receipts.get(i).novelty() == JobReply.Novelty.ALREADY_LIVE ? 1 : 0;
        }
        return alreadyQueued;
    }

    private static JobSpec spec(AuditId id, StartAudit request, String candidate) {
        String label = AuditPayload.label(request.database());
        return JobSpec.of(AuditPayload.TYPE, QueueSettings.AUDITS, AuditPayload.json(request, candidate))
                .withLabels(Labels.of(AuditPayload.DATABASE_LABEL + "=" + label))
                .withUniqueKey(uniqueKey(label, candidate))
                .withOwner(id.toString());
    }

    /// A candidate too long to stand in a key goes without: it may then be audited twice, which is only waste.
    private static String uniqueKey(String label, String candidate) {
        String key = "audit:" + label + ":" + candidate;
        return key.length() <= JobLimits.MAX_KEY_BYTES ? key : "";
    }

    private static JobEnd end(FinishedJob job) {
        String worker = "";
        int attempt = 0;
        if (job.lastRun() instanceof LastRun.By by) {
            worker = by.worker().value();
            attempt = by.attempt();
        }
        return switch (job.state()) {
            case JobState.Succeeded(var result) ->
                new JobEnd(job.id().toString(), JobEnd.Verdict.CONCLUDED, worker, attempt, result);
            case JobState.Dead(var _, var message) ->
                new JobEnd(job.id().toString(), JobEnd.Verdict.FAILED, worker, attempt, Bytes.utf8(message));
            case JobState.Cancelled _ ->
                new JobEnd(job.id().toString(), JobEnd.Verdict.FAILED, worker, attempt, Bytes.utf8("cancelled"));
        };
    }
}

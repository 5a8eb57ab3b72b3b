package io.muster.audits;

import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.ReplyCodec;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// All audits that are remembered, and which of them wait for which job.
///
/// The jobs belong to another ledger, which is asked through [AuditedJobs] and tells by [#concluded] how they ended.
public final class AuditLedger implements Ledger<AuditCommand> {
    /// Audits remembered at most; the oldest finished one makes room, their jobs stay in the history.
    public static final int MAX_AUDITS = 1_000;

    /// What all remembered audits may weigh together, in bytes; conclusions are small but many.
    public static final long MAX_WEIGHT = 64L << 20;

    /// Above every audit: where a listing begins.
    public static final AuditId NEWEST = new AuditId(AuditId.MAX_INDEX);

    private static final int RETRY_MILLIS = 1_000;

    private final AuditedJobs jobs;
    private final Consumer<AuditId> changes;
    private final TreeMap<Long, Audit> audits = new TreeMap<>();
    private final Map<String, List<Audit>> waitingByJob = new LinkedHashMap<>();
    private long weight;

    /// @param jobs where the packages are audited
    /// @param changes hears of each audit that began, went on or ended
    public AuditLedger(AuditedJobs jobs, Consumer<AuditId> changes) {
        this.jobs = jobs;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "audits";
    }

    @Override
    public List<CommandKind<AuditCommand>> kinds() {
        return AuditCommands.KINDS;
    }

    @Override
    public AuditReply apply(Stamp stamp, AuditCommand command, Envelope envelope) {
        return switch (command) {
            case StartAudit request -> start(stamp, request);
            case CancelAudit(var audit) -> cancel(stamp, audit);
        };
    }

    /// Starts the audit whole or not at all.
    private AuditReply start(Stamp stamp, StartAudit request) {
        var id = new AuditId(stamp.index());
        int candidates = request.candidates().size();
        if (!hasRoom()) {
            return new AuditReply.Full("audits that still run take all the room there is", RETRY_MILLIS);
        }
        if (!jobs.hasRoomFor(id, request, candidates)) {
            return new AuditReply.Full("the job ledger is too full for " + candidates + " further jobs", RETRY_MILLIS);
        }
        var chosen = begin(request, stamp);
        var receipts = jobs.submit(stamp, id, request, chosen);
        Invariant.check(receipts.size() == chosen.size(), "one receipt for each job");
        int alreadyQueued = 0;
        for (int i = 0; i < chosen.size(); i++) {
            await(id, receipts.get(i).job(), chosen.get(i));
            alreadyQueued += receipts.get(i).wasQueued() ? 1 : 0;
        }
        changes.accept(id);
        return new AuditReply.Started(id, chosen.size(), alreadyQueued);
    }

    /// Calls an audit off, and with it those of its jobs that an audit began and no other waits for.
    private AuditReply cancel(Stamp stamp, AuditId id) {
        var forsaken = cancel(id, stamp.micros());
        if (forsaken.isEmpty()) {
            return new AuditReply.NotRunning(id);
        }
        int cancelled = jobs.cancel(stamp, forsaken.get());
        changes.accept(id);
        return new AuditReply.Cancelled(id, cancelled);
    }

    /// Whether another audit may start now; where not, those that still run take all the room.
    boolean hasRoom() {
        int running = 0;
        long runningWeight = 0;
        for (Audit audit : audits.values()) {
            running += audit.isFinished() ? 0 : 1;
            runningWeight += audit.isFinished() ? 0 : audit.weight();
        }
        return running < MAX_AUDITS && runningWeight < MAX_WEIGHT;
    }

    /// Starts an audit and says which candidates were chosen.
    List<String> begin(StartAudit request, Stamp stamp) {
        var distinct = request.candidates().stream().distinct().toList();
        makeRoom(1);
        remember(new Audit(new AuditId(stamp.index()), request, stamp.micros()));
        return Sample.choose(distinct, request.share(), stamp);
    }

    /// Lets `audit` wait for `job`, which stands for `candidate`; several audits may wait for one job.
    void await(AuditId audit, String job, String candidate) {
        var waiting = audits.get(audit.index());
        if (waiting == null) {
            return;
        }
        waiting.waitFor(job, candidate);
        waitingByJob.computeIfAbsent(job, _ -> new ArrayList<>(1)).add(waiting);
    }

    /// Takes in how a job ended. Jobs of no audit are ignored.
    public void concluded(JobEnd end, long micros) {
        var waiting = waitingByJob.remove(end.job());
        if (waiting == null) {
            return;
        }
        var told = waiting.stream().map(Audit::id).toList();
        for (Audit audit : waiting) {
            long before = audit.weight();
            audit.conclude(end, micros);
            weight += audit.weight() - before;
        }
        makeRoom(0);
        told.forEach(changes);
    }

    /// Calls a running audit off; returns its jobs that no other audit waits for, for the caller to cancel. None if it
    /// does not run.
    private Optional<List<String>> cancel(AuditId id, long micros) {
        Audit audit = audits.get(id.index());
        if (audit == null || audit.isFinished()) {
            return Optional.empty();
        }
        audit.cancel(micros);
        return Optional.of(forsake(audit));
    }

    /// Lets `audit` wait for nothing any more; returns the jobs for which nobody waits now.
    private List<String> forsake(Audit audit) {
        var forsaken = new ArrayList<String>();
        for (String job : audit.candidateByJob().keySet()) {
            var waiting = waitingByJob.get(job);
            if (waiting != null && waiting.remove(audit) && waiting.isEmpty()) {
                waitingByJob.remove(job);
                forsaken.add(job);
            }
        }
        return forsaken;
    }

    /// Puts back that an audit was called off.
    void recallCancel(Audit audit, long micros) {
        audit.cancel(micros);
        forsake(audit);
    }

    /// Whether any audit waits for `job`.
    public boolean isAwaited(String job) {
        return waitingByJob.containsKey(job);
    }

    /// The audit, unless there never was one or it gave way to newer ones.
    public Optional<Audit> find(AuditId id) {
        return Optional.ofNullable(audits.get(id.index()));
    }

    /// The remembered audits, newest first, at most `limit`.
    public List<Audit> newest(int limit) {
        return newestBelow(NEWEST, limit);
    }

    /// Those of them that began before `below`, newest first, at most `limit`.
    public List<Audit> newestBelow(AuditId below, int limit) {
        return audits.headMap(below.index(), false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public long digest(int level) {
        var digest = new Digest().add(weight).add(waitingByJob.size());
        for (Audit audit : audits.values()) {
            digest.add(audit.id().index())
                    .add(audit.chosen())
                    .add(audit.weight())
                    .add(audit.finishedMicros())
                    .add(audit.isCancelled() ? 1 : 0);
        }
        return digest.value();
    }

    @Override
    public ReplyCodec replies() {
        return new AuditReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return AuditSection.of(this);
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        AuditSection.fill(this, chunks);
    }

    void remember(Audit audit) {
        audits.put(audit.id().index(), audit);
        weight += audit.weight();
    }

    /// Puts back a conclusion that a snapshot carried: nothing is announced by it.
    void recall(Audit audit, JobEnd end) {
        waitingByJob.computeIfPresent(end.job(), (_, waiting) -> {
            waiting.remove(audit);
            return waiting.isEmpty() ? null : waiting;
        });
        long before = audit.weight();
        audit.conclude(end, audit.startedMicros());
        weight += audit.weight() - before;
    }

    /// Forgets the oldest finished audits, so that `further` ones can be remembered. Called before the further ones are
    /// there: an audit that has no jobs yet looks finished.
    private void makeRoom(int further) {
        var oldest = audits.entrySet().iterator();
        while ((audits.size() + further > MAX_AUDITS || weight > MAX_WEIGHT) && oldest.hasNext()) {
            var audit = oldest.next().getValue();
            if (audit.isFinished() && audits.size() > 1) {
                weight -= audit.weight();
                oldest.remove();
            }
        }
    }
}

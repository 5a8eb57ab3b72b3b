package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.AccessLedger;
import io.muster.access.Act;
import io.muster.audits.AuditCommand;
import io.muster.audits.AuditLedger;
import io.muster.audits.AuditReply;
import io.muster.audits.CancelAudit;
import io.muster.audits.StartAudit;
import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import io.muster.jobs.CommandOrigin;
import io.muster.jobs.JobCommands;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobLedger;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Reply;
import io.muster.log.Stamp;
import io.muster.values.ValueCommand;
import io.muster.values.ValueLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything the cluster knows. One thread owns it; reads happen on that thread too.
public final class ClusterState {
    /// The highest feature level that this version of Muster can follow.
    public static final int FEATURE_LEVEL = 1;

    /// Nodes compare digests after this many entries.
    public static final long DIGEST_EVERY = 10_000;

    /// How many of those digests are remembered: a check may come a few intervals late, not for ever.
    private static final int REMEMBERED_DIGESTS = 16;

    private final ValueLedger values = new ValueLedger();
    private final AccessLedger access = new AccessLedger();
    private final AuditLedger audits = new AuditLedger();
    private final JobLedger jobs = new JobLedger(this::inJobs);
    private final AuditJobs auditJobs = new AuditJobs(jobs, audits);
    private final Repetitions repetitions = new Repetitions();
    private final Digest digest = new Digest();
    private final TreeMap<Long, Long> digests = new TreeMap<>();
    private final Change.Listener listener;
    private final Kinds kinds;

    private long appliedIndex;
    private long term;
    private @Nullable NodeId leader;
    private Stamp now = Stamp.ZERO;
    private int changesOfEntry;
    private long comparedIndex;
    private String undecided = "";

    /// An empty state that tells `listener` what changes.
    public ClusterState(Change.Listener listener) {
        this(listener, Kinds.all());
    }

    ClusterState(Change.Listener listener, Kinds kinds) {
        this.listener = listener;
        this.kinds = kinds;
    }

    /// Applies the next batch and answers each of its entries, in order.
    ///
    /// Throws [StateException] where this node must not go on.
    public List<Reply> apply(CommittedBatch batch) {
        Invariant.check(batch.firstIndex() == appliedIndex + 1, "batches are applied in order, each once");
        var replies = new ArrayList<Reply>(batch.count());
        switch (batch.content()) {
            case CommittedBatch.Content.Commands(var body) -> {
                var envelopes = Entries.split(body, batch.count());
                for (int i = 0; i < envelopes.size(); i++) {
                    enter(batch, i);
                    replies.add(applyOne(envelopes.get(i)));
                    note(envelopes.get(i));
                    leave();
                }
            }
            case CommittedBatch.Content.TermStart(var newLeader) -> {
                enter(batch, 0);
                term = batch.term();
                leader = newLeader;
                jobs.leaderChanged(newLeader);
                tell(new Change.NewTerm(term, newLeader));
                replies.add(new StateReply.Done());
                leave();
            }
            case CommittedBatch.Content.EngineOwn() -> {
                enter(batch, 0);
                replies.add(new StateReply.Done());
                leave();
            }
        }
        return replies;
    }

    /// The last entry applied; 0 for none.
    public long appliedIndex() {
        return appliedIndex;
    }

    /// Log time of the last entry.
    public LogTime time() {
        return now.time();
    }

    /// The date of the last entry, in microseconds since 1970.
    public long micros() {
        return now.micros();
    }

    /// The reign in which the last leader took over, as the log says.
    public long term() {
        return term;
    }

    /// Who leads, as the log says.
    public Optional<NodeId> leader() {
        return Optional.ofNullable(leader);
    }

    public JobLedger jobs() {
        return jobs;
    }

    public ValueLedger values() {
        return values;
    }

    public AccessLedger access() {
        return access;
    }

    public AuditLedger audits() {
        return audits;
    }

    /// Whether something must happen by itself at log time `time`.
    public boolean isDueAt(LogTime time) {
        return jobs.isDueAt(time);
    }

    /// A fingerprint of every command so far and of what the ledgers made of them.
    public long digest() {
        return new Digest(digest.value())
                .add(jobs.digest())
                .add(values.digest())
                .add(access.digest())
                .add(audits.digest())
                .add(repetitions.digest())
                .value();
    }

    /// This node's digests at the last indexes at which nodes compare them.
    public SortedMap<Long, Long> comparable() {
        return Collections.unmodifiableSortedMap(digests);
    }

    /// The last index at which the log has compared the digests; 0 before the first.
    public long comparedIndex() {
        return comparedIndex;
    }

    /// Why it is not known whose state is right, as a sentence for people: the last comparison found no digest that a
    /// majority shares.
    public Optional<String> undecided() {
        return undecided.isEmpty() ? Optional.empty() : Optional.of(undecided);
    }

    private void enter(CommittedBatch batch, int offset) {
        Invariant.check(batch.time().atLeast(now.time()).equals(batch.time()), "log time never goes back");
        Invariant.check(batch.term() >= now.term(), "a later entry is of no earlier term");
        now = new Stamp(batch.term(), batch.firstIndex() + offset, 0, batch.time());
        changesOfEntry = 0;
        jobs.advance(now);
    }

    private void leave() {
        jobs.assign(now);
        appliedIndex = now.index();
        digest.add(now.index()).add(now.micros()).add(now.elapsedMicros());
        if (appliedIndex % DIGEST_EVERY == 0) {
            digests.put(appliedIndex, digest());
            if (digests.size() > REMEMBERED_DIGESTS) {
                digests.pollFirstEntry();
            }
        }
    }

    private Reply applyOne(Envelope envelope) {
        digest.add(envelope.kind()).add(envelope.body());
        var known = kinds.find(envelope.kind());
        if (known == null || envelope.version() > known.kind().version()) {
            throw new StateException("entry " + now.index() + " of the log holds a command of kind 0x"
                    + Integer.toHexString(envelope.kind()) + " version " + envelope.version()
                    + ", which this version of Muster does not know: upgrade this node");
        }
        int level = known.kind().level();
        if (level > values.featureLevel()) {
            return new StateReply.Rejected("a command of kind 0x" + Integer.toHexString(envelope.kind())
                    + " needs feature level " + level + " and the cluster is at " + values.featureLevel()
                    + ": upgrade every node first");
        }
        Command command;
        try {
            command = known.read(envelope.version(), envelope.body());
        } catch (MalformedException | IllegalArgumentException e) {
            return new StateReply.Rejected(String.valueOf(e.getMessage()));
        }
        if (!Repetitions.covers(envelope)) {
            return carryOut(envelope, command);
        }
        var before = repetitions.before(envelope, now.elapsedMicros());
        if (before.isPresent()) {
            return before.get();
        }
        Reply reply = carryOut(envelope, command);
        repetitions.remember(envelope, now.elapsedMicros(), reply);
        return reply;
    }

    private Reply carryOut(Envelope envelope, Command command) {
        return switch (command) {
            case Command.ForCluster(var own) -> cluster(own);
            case Command.ForValues(var change) -> values(change);
            case Command.ForJobs(var act) -> jobs.apply(now, origin(envelope), act);
            case Command.ForAccess(var change) -> access(change);
            case Command.ForAudits(var act) -> audits(act);
        };
    }

    /// Keeps on record what somebody asked for by name. What workers report is work, not a decision.
    private void note(Envelope envelope) {
        var known = kinds.find(envelope.kind());
        if (known != null && !envelope.principal().isEmpty() && envelope.kind() != JobCommands.REPORT_WORK.number()) {
            access.record(now, new Act(envelope.principal(), known.kind().name(), "", Act.Verdict.ALLOWED, ""));
        }
    }

    private Reply cluster(ClusterCommand command) {
        return switch (command) {
            case ClusterCommand.Tick() -> new StateReply.Done();
            case ClusterCommand.CheckDigest check -> {
                compare(check);
                yield new StateReply.Done();
            }
        };
    }

    /// The majority decides who differs, whoever leads: a leader with bad memory must not take the sound ones down. A
    /// voter that is alone has no witness but itself in an earlier life, and two that differ are no majority.
    private void compare(ClusterCommand.CheckDigest check) {
        var agreed = check.agreed();
        // An entry too old to be remembered tells nothing.
        long mine = digests.getOrDefault(check.index(), agreed.orElse(0L));
        boolean differs = agreed.isPresent() && mine != agreed.get();
        if (differs && check.voters() > 1) {
            throw new StateException("this node's state differs from that of the majority at entry " + check.index()
                    + ": digest " + Long.toHexString(mine) + " here, " + Long.toHexString(agreed.get())
                    + " there; test the memory of this machine before you start the node again: it then builds its "
                    + "state anew from its log, and stops here again if that differs too. In that case keep its "
                    + "folder for analysis, and do not start an empty one in its place");
        }
        if (check.index() < comparedIndex) {
            return;
        }
        comparedIndex = check.index();
        undecided = agreed.isEmpty() || differs ? inWords(check) : "";
    }

    private static String inWords(ClusterCommand.CheckDigest check) {
        String found = check.digests().entrySet().stream()
                .map(entry -> entry.getKey() + " had " + Long.toHexString(entry.getValue()))
                .collect(Collectors.joining(", "));
        String who = check.voters() > 1
                ? "the states of the nodes differ at entry " + check.index() + " and no majority of the "
                        + check.voters() + " voters agrees"
                : "the state of this node at entry " + check.index() + " is another than in an earlier life of it";
        return who + " (" + found + "): nobody can tell which is right, so nobody stops. Keep copies of the data "
                + "folders, test the memory of the machines, and start the nodes again one by one: each builds its "
                + "state anew from its log";
    }

    private Reply values(ValueCommand command) {
        if (command instanceof ValueCommand.RaiseFeatureLevel(var level) && level > FEATURE_LEVEL) {
            throw new StateException("the cluster goes on at feature level " + level
                    + " and this version of Muster ends at " + FEATURE_LEVEL + ": upgrade this node");
        }
        var reply = values.apply(now, command);
        switch (command) {
            case ValueCommand.Set set -> tell(new Change.InValues(set.key()));
            case ValueCommand.Delete(var key) -> tell(new Change.InValues(key));
            case ValueCommand.Other _, ValueCommand.ChangeSetting _, ValueCommand.RaiseFeatureLevel _ -> {}
        }
        return reply;
    }

    private Reply access(AccessCommand command) {
        var reply = access.apply(now, command);
        tell(new Change.InAccess());
        return reply;
    }

    private Reply audits(AuditCommand command) {
        var reply = switch (command) {
            case StartAudit start -> auditJobs.start(start, now);
            case CancelAudit(var audit) -> auditJobs.cancel(audit, now);
        };
        switch (reply) {
            case AuditReply.Started(var audit, var _, var _) -> tell(new Change.InAudit(audit));
            case AuditReply.Cancelled(var audit, var _) -> tell(new Change.InAudit(audit));
            case AuditReply.Full _, AuditReply.NotRunning _ -> {}
        }
        return reply;
    }

    private static CommandOrigin origin(Envelope envelope) {
        return new CommandOrigin(envelope.principal(), envelope.idempotencyKey(), envelope.body());
    }

    private void inJobs(JobEvent event) {
        tell(new Change.InJobs(event));
        if (event instanceof JobEvent.Finished(var job, var _)) {
            auditJobs.finished(job).forEach(audit -> tell(new Change.InAudit(audit)));
        }
    }

    private void tell(Change change) {
        listener.changed(now.index(), changesOfEntry++, now.micros(), change);
    }
}

package io.muster.simulation;

import io.muster.jobs.JobId;
import io.muster.log.CommittedBatch;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who sees everything and checks after every event that nothing impossible happened.
///
/// * *Election Safety* (§5.2): one leader a term.
/// * *State Machine Safety* (§5.4.3), and with it Log Matching and Leader Completeness as far as they can be seen from
///   outside: no two nodes, in no two lives, ever commit different batches at one index.
/// * *Trust*: at no instant do two leaders believe in their own leadership (T52).
/// * *Determinism*: after one index every node's state has one digest.
/// * *Majorities*: what [MemberWatch] checks where members change.
/// * *The ledger*: what [JobWatch] checks on a copy of the state that applies each committed batch once.
/// * *Snapshots*: what [SnapshotWatch] checks on a second copy that is read back from snapshots of the first.
/// * *Durability*: what a client was told stands in that copy.
final class Oracle {
    private static final int REMEMBERED_NOTES = Integer.getInteger("notes", 60);

    private final Agenda agenda;
    private final long seed;
    private final Map<Long, String> leaderByTerm = new HashMap<>();
    private final TreeMap<Long, CommittedBatch> committed = new TreeMap<>();
    private final Map<Long, Long> digests = new HashMap<>();
    private final JobWatch jobs = new JobWatch(this);
    private final MessageWatch messages;
    private final ClockWatch clock;
    private final SnapshotWatch snapshots;
    private final MemberWatch members = new MemberWatch(this);
    private final RarityWatch rarities = new RarityWatch();
    private final ClusterState reference = new ClusterState(jobs);
    private final Set<JobId> accepted = new HashSet<>();
    private final ArrayDeque<String> notes = new ArrayDeque<>();
    private long trace;
    private Runnable onLeader = () -> {};

    Oracle(Agenda agenda, long seed) {
        this.agenda = agenda;
        this.seed = seed;
        messages = new MessageWatch(agenda, this);
        clock = new ClockWatch(agenda, this);
        snapshots = new SnapshotWatch(this, seed);
    }

    /// `node` in its life number `life` says that it leads in `term`. A process that died is another leader than the
    /// one that took its place.
    void leads(NodeId node, long life, long term) {
        note(node + " leads in term " + term);
        String leader = node + " in life " + life;
        String before = leaderByTerm.putIfAbsent(term, leader);
        if (before != null && !before.equals(leader)) {
            throw violation("two leaders in term " + term + ": " + before + " and " + leader);
        }
        members.leads(node, term);
        var act = onLeader;
        onLeader = () -> {};
        act.run();
    }

    /// These nodes believe in their own leadership at this instant.
    void trusted(List<NodeId> leaders) {
        if (leaders.size() > 1) {
            throw violation("two leaders are trusted at one instant: " + leaders);
        }
    }

    /// Whether `node` has led in its life number `life`.
    boolean hasLed(NodeId node, long life) {
        return leaderByTerm.containsValue(node + " in life " + life);
    }

    /// Runs `act` the next time anyone is elected, in that very moment.
    void atNextElection(Runnable act) {
        onLeader = act;
    }

    /// `node` is about to apply `batch`.
    void committed(NodeId node, CommittedBatch batch) {
        var before = committed.get(batch.firstIndex());
        if (before != null) {
            if (before.term() != batch.term()
                    || before.count() != batch.count()
                    || !before.time().equals(batch.time())
                    || !before.content().equals(batch.content())) {
                throw violation(node + " commits another batch at " + batch.firstIndex() + ": term " + batch.term()
                        + " instead of term " + before.term());
            }
            return;
        }
        if (batch.firstIndex() != reference.appliedIndex() + 1) {
            throw violation(node + " commits a batch at " + batch.firstIndex() + " across the end of the log at "
                    + reference.appliedIndex());
        }
        if (!batch.time().atLeast(reference.time()).equals(batch.time())) {
            throw violation("log time goes back at " + batch.firstIndex());
        }
        var bare = new CommittedBatch(
                batch.firstIndex(), batch.count(), batch.term(), batch.time(), batch.content(), List.of());
        committed.put(batch.firstIndex(), bare);
        members.committed(bare);
        jobs.enter(clock.stampedAtNanos(batch));
        var replies = reference.apply(bare);
        reference.jobs().takeClosedBlocks();
        snapshots.applied(bare, replies, reference);
        digests.put(reference.appliedIndex(), reference.digest());
        note("commit " + batch.firstIndex() + ".." + batch.lastIndex() + " term " + batch.term());
    }

    /// `node` has applied up to `index` and its state's digest is `digest`.
    void applied(NodeId node, long index, long digest) {
        Long expected = digests.get(index);
        if (expected == null || expected != digest) {
            throw violation(node + " has another state than the others after entry " + index);
        }
    }

    /// A client was told that these jobs were accepted at `index`.
    void accepted(List<JobId> ids, long index) {
        if (index > reference.appliedIndex()) {
            throw violation("a client was answered for entry " + index + ", which nobody has committed");
        }
        for (JobId id : ids) {
            if (!jobs.isKnown(id)) {
                throw violation(id + " was accepted and is not in the ledger");
            }
            accepted.add(id);
        }
    }

    /// What happened to every job.
    JobWatch jobs() {
        return jobs;
    }

    /// How log time passes.
    ClockWatch clock() {
        return clock;
    }

    /// By which majorities is decided.
    MemberWatch members() {
        return members;
    }

    /// Whether the batch that begins at `index` in `term` is committed.
    boolean isCommitted(long index, long term) {
        var batch = committed.get(index);
        return batch != null && batch.term() == term;
    }

    /// What was checked of snapshots.
    SnapshotWatch snapshots() {
        return snapshots;
    }

    /// What nodes say to each other.
    MessageWatch messages() {
        return messages;
    }

    /// Which rare things have happened.
    RarityWatch rarities() {
        return rarities;
    }

    /// The jobs that clients were told of.
    Set<JobId> accepted() {
        return accepted;
    }

    /// How far the committed log goes.
    long committedIndex() {
        return reference.appliedIndex();
    }

    ClusterState reference() {
        return reference;
    }

    /// Something happened: it becomes part of the trace, and of the last words before a violation.
    void note(String what) {
        trace = trace * 31 + what.hashCode();
        trace = trace * 31 + agenda.nowNanos();
        notes.addLast(agenda.nowNanos() / 1_000 + "us " + what);
        if (notes.size() > REMEMBERED_NOTES) {
            notes.removeFirst();
        }
    }

    /// A fingerprint of everything that happened: the same seed gives the same.
    long trace() {
        return trace;
    }

    ViolationException violation(String what) {
        return new ViolationException(message(what));
    }

    ViolationException violation(String what, Throwable cause) {
        return new ViolationException(message(what), cause);
    }

    private String message(String what) {
        var lines = new ArrayList<>(notes);
        lines.add("VIOLATION at " + agenda.nowNanos() / 1_000 + "us: " + what);
        lines.add("again with: make sim SEED=" + seed);
        return String.join("\n", lines);
    }
}

package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a test begins: nodes brought into a role by the messages that lead there.
final class Scene {
    private Scene() {}

    /// A node whose pre-vote was just granted by everyone: it wants to write its vote.
    static TestPeer candidate(RaftConfig config, String id, String... ids) {
        var peer = TestPeer.voter(config, id, ids);
        campaign(peer);
        return peer;
    }

    static TestPeer candidate(String id, String... ids) {
        return candidate(RaftConfig.DEFAULT, id, ids);
    }

    /// A node that was just elected by everyone. Its own first batch is written but not synced; nothing was answered.
    static TestPeer leader(RaftConfig config, String id, String... ids) {
        var peer = candidate(config, id, ids);
        elect(peer);
        return peer;
    }

    static TestPeer leader(String id, String... ids) {
        return leader(RaftConfig.DEFAULT, id, ids);
    }

    /// A leader whose first batch is synced and acknowledged everywhere: everything up to 2 is committed.
    static TestPeer settledLeader(RaftConfig config, String id, String... ids) {
        var peer = leader(config, id, ids);
        peer.sync();
        others(peer).forEach(other -> acknowledge(peer, other, 2));
        peer.drain();
        return peer;
    }

    static TestPeer settledLeader(String id, String... ids) {
        return settledLeader(RaftConfig.DEFAULT, id, ids);
    }

    /// A node whose log continues, after its first batch, with these one-entry batches of these terms, in `term`.
    static TestPeer withLog(String id, long term, long... terms) {
        var peer = TestPeer.voter(id, "a", "b", "c");
        var log = new ArrayList<>(List.of(peer.disk().batches().getFirst()));
        log.addAll(Arrays.asList(batches(2, terms)));
        peer.disk().store(new VoteState(term, Optional.empty()), log);
        peer.restart(1);
        return peer;
    }

    /// A leader of `a b c` in term 1 that has committed 3 to 6 with `b`, keeps snapshots up to 4 and 6,
    /// and has cut its log behind 4. `c` has acknowledged no more than 2.
    static TestPeer leaderWithCutLog() {
        var a = settledLeader(Configs.keeping(RaftConfig.DEFAULT, 0), "a", "a", "b", "c");
        for (long index = 3; index <= 6; index++) {
            a.propose("x" + index);
            a.sync();
            acknowledge(a, "b", 1, index);
            if (index == 4 || index == 6) {
                a.snapshot(", which is long").forEach(a::step);
            }
        }
        return a;
    }

    /// [#leaderWithCutLog], after `c` has restarted and has said that its log ends at 2: it is to get
    /// the snapshot up to 6, in session [#INSTALL_SESSION], and was asked how much of it is there.
    static TestPeer installingLeader() {
        var a = leaderWithCutLog();
        a.step(new Input.PeerRestarted(new NodeId("c")));
        a.receive("c", new Message.AppendRejected(1, 2, 6, 2, 1));
        return a;
    }

    /// The session in which [#installingLeader] installs.
    static final long INSTALL_SESSION = 4;

    /// A snapshot up to `index`, with the voters `a b c` in force since the first entry.
    static SnapshotMeta snapshot(long index, long term) {
        return snapshot(index, term, new StoredConfiguration(1, TestPeer.voters("a", "b", "c")));
    }

    static SnapshotMeta snapshot(long index, long term, StoredConfiguration configuration) {
        return new SnapshotMeta(index, term, new LogTime(1_000 + index, 1_000 + index), configuration.encode());
    }

    /// All of a snapshot as one piece of session 1.
    static Message.InstallSnapshot whole(long term, SnapshotMeta meta) {
        return piece(term, meta, 0, "state up to " + meta.lastIndex(), true);
    }

    static Message.InstallSnapshot piece(long term, SnapshotMeta meta, long offset, String text, boolean isLast) {
        return new Message.InstallSnapshot(term, 1, meta, offset, Bytes.utf8(text), isLast);
    }

    /// One-entry batches from `index` on, one for each of `terms`.
    static Batch[] batches(long index, long... terms) {
        var batches = new Batch[terms.length];
        for (int i = 0; i < terms.length; i++) {
            batches[i] = batch(index + i, 1, terms[i]);
        }
        return batches;
    }

    static Batch batch(long index, int count, long term) {
        var head = new Batch.Head(index, count, term, BatchKind.COMMANDS, new LogTime(1_000 + index, 1_000 + index));
        return Batch.seal(head, Bytes.utf8("x" + index));
    }

    static Batch configuration(long index, long term, Configuration configuration) {
        return Batch.seal(
                new Batch.Head(index, 1, term, BatchKind.CONFIGURATION, new LogTime(1_000 + index, 1_000 + index)),
                configuration.encode());
    }

    /// An append of session 1.
    static Message.Append append(long term, long prevIndex, long prevTerm, long commit, Batch... batches) {
        return new Message.Append(term, 1, prevIndex, prevTerm, List.of(batches), commit);
    }

    /// Brings a follower to its pre-vote and grants it from everyone.
    static void campaign(TestPeer peer) {
        peer.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);
        for (NodeId other : others(peer)) {
            peer.sent(other.value(), Message.PreVoteRequest.class).stream()
                    .reduce((first, last) -> last)
                    .ifPresent(asked ->
                            peer.receive(other.value(), new Message.PreVoteReply(asked.term(), asked.ballot(), true)));
        }
    }

    /// Syncs a candidate's vote and gives it everyone else's.
    static void elect(TestPeer peer) {
        peer.sync();
        for (NodeId other : others(peer)) {
            peer.receive(other.value(), new Message.VoteReply(peer.status().term(), true));
        }
    }

    /// `other` says in its present session that it has everything up to `match`.
    static void acknowledge(TestPeer leader, NodeId other, long match) {
        var session = leader.sent(other.value(), Message.Append.class).stream()
                .map(Message.Append::session)
                .reduce((first, last) -> last);
        acknowledge(leader, other.value(), session.orElse(1L), match);
    }

    static void acknowledge(TestPeer leader, String other, long session, long match) {
        leader.receive(other, new Message.AppendAccepted(leader.status().term(), session, match));
    }

    static List<NodeId> others(TestPeer peer) {
        return peer.raft().configuration().members().stream()
                .filter(node -> !node.equals(peer.id()))
                .toList();
    }
}

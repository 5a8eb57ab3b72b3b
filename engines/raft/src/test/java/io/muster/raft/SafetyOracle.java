package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/// Watches a whole cluster from outside and fails as soon as one of Raft's safety properties does (Raft, figure 3).
///
/// It keeps a mirror of every node's log, written or not, and remembers everything that was ever committed anywhere.
final class SafetyOracle {
    private final Configuration configuration;
    private final Map<NodeId, NavigableMap<Long, Batch>> logs = new TreeMap<>();
    private final Map<Long, NodeId> leaders = new HashMap<>();
    private final Map<String, String> born = new HashMap<>();
    private final TreeMap<Long, Batch> committed = new TreeMap<>();
    private final Map<Long, Long> committedWhenAsked = new HashMap<>();
    private final Map<NodeId, LogStart> bases = new TreeMap<>();
    private final Map<NodeId, Long> commits = new TreeMap<>();

    SafetyOracle(Configuration configuration) {
        this.configuration = configuration;
    }

    /// `peer` begins, or begins again, with what is on its disk.
    void started(TestPeer peer) {
        var log = new TreeMap<Long, Batch>();
        peer.disk().batches().forEach(batch -> log.put(batch.firstIndex(), batch));
        logs.put(peer.id(), log);
        bases.put(peer.id(), peer.disk().base());
        commits.put(peer.id(), 0L);
    }

    /// The highest index that any node ever said to be committed.
    long committedIndex() {
        return committed.isEmpty() ? 0 : committed.lastEntry().getValue().lastIndex();
    }

    void barrierAsked(long ticket) {
        committedWhenAsked.put(ticket, committedIndex());
    }

    void saw(TestPeer peer, Effect effect, Collection<TestPeer> all) {
        switch (effect) {
            case Effect.Persist persist -> wrote(peer, persist);
            case Effect.LeadershipChanged change -> {
                if (change.isMine()) {
                    elected(peer, change.term());
                }
            }
            case Effect.Committed commit -> committed(peer, commit.index(), all);
            case Effect.CutPrefix(LogStart base) -> compacted(peer, base);
            case Effect.InstallState(SnapshotMeta meta) -> installed(peer, meta);
            case Effect.BarrierReached reached ->
                assertThat(reached.index())
                        .as("a read barrier sees everything committed before it was asked for")
                        .isGreaterThanOrEqualTo(committedWhenAsked.get(reached.ticket()));
            case Effect.Send _,
                    Effect.ReadBatches _,
                    Effect.Appended _,
                    Effect.Refused _,
                    Effect.RoundSent _,
                    Effect.RoundConfirmed _,
                    Effect.PinSnapshots _,
                    Effect.LeaseGivenUp _,
                    Effect.TransferEnded _,
                    Effect.ChangeEnded _,
                    Effect.ConfigurationChanged _,
                    Effect.Removed _,
                    Effect.ReadPiece _,
                    Effect.StorePiece _,
                    Effect.BarrierFailed _ -> {
                // Nothing that could be wrong by itself.
            }
        }
    }

    /// Log Matching: a batch of one term and index has the same bytes and the same predecessor everywhere, and so, by
    /// induction, the same everything before it.
    private void wrote(TestPeer peer, Effect.Persist persist) {
        var log = logOf(peer);
        switch (persist.cut()) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> log.tailMap(index).clear();
            case Effect.Cut.Everything(LogStart base) -> {
                log.clear();
                bases.put(peer.id(), base);
            }
        }
        for (Batch batch : persist.batches()) {
            var before = log.lastEntry();
            var base = baseOf(peer);
            String predecessor = before == null
                    ? base.index() + "/" + base.term()
                    : before.getValue().lastIndex() + "/" + before.getValue().term();
            String birth = batch.checksum() + " after " + predecessor;
            String first = born.putIfAbsent(batch.firstIndex() + "/" + batch.term(), birth);
            assertThat(first == null ? birth : first)
                    .as("log matching at " + batch)
                    .isEqualTo(birth);
            log.put(batch.firstIndex(), batch);
        }
    }

    /// Election Safety and Leader Completeness.
    private void elected(TestPeer peer, long term) {
        var other = leaders.putIfAbsent(term, peer.id());
        assertThat(other == null ? peer.id() : other)
                .as("one leader in term " + term)
                .isEqualTo(peer.id());
        var log = logOf(peer);
        committed
                .tailMap(baseOf(peer).index(), false)
                .forEach((index, batch) -> assertThat(log.get(index))
                        .as("the leader of term " + term + " has what is committed")
                        .isEqualTo(batch));
    }

    /// Only what is committed leaves a log, and nothing above the older of two snapshots.
    private void compacted(TestPeer peer, LogStart base) {
        assertIsCommitted(base.index(), base.term());
        var kept = peer.disk().snapshots().kept();
        assertThat(kept).as("a log is cut once two snapshots are kept").hasSizeGreaterThan(1);
        assertThat(base.index())
                .as("a log is not cut above the older snapshot")
                .isLessThanOrEqualTo(kept.get(kept.size() - 2).lastIndex());
        logOf(peer).headMap(base.index(), true).clear();
        bases.put(peer.id(), base);
    }

    /// A state that is taken over is that of a committed prefix, and newer than what was there (T29).
    private void installed(TestPeer peer, SnapshotMeta meta) {
        assertIsCommitted(meta.lastIndex(), meta.lastTerm());
        rises(peer, meta.lastIndex());
    }

    private void assertIsCommitted(long index, long term) {
        var last = committed.floorEntry(index);
        assertThat(last).as("a snapshot is of something committed").isNotNull();
        assertThat(last.getValue().lastIndex())
                .as("a snapshot ends between two batches")
                .isEqualTo(index);
        assertThat(last.getValue().term()).as("a snapshot knows its last term").isEqualTo(term);
    }

    private void rises(TestPeer peer, long commit) {
        assertThat(commit)
                .as("the commit index of " + peer.id() + " rises")
                .isGreaterThan(Objects.requireNonNull(commits.put(peer.id(), commit)));
    }

    private LogStart baseOf(TestPeer peer) {
        return Objects.requireNonNull(bases.get(peer.id()));
    }

    /// State Machine Safety; and what is committed is on the disks of a majority, not only in memory.
    private void committed(TestPeer peer, long index, Collection<TestPeer> all) {
        var log = logOf(peer);
        rises(peer, index);
        long from = committedIndex();
        for (Batch batch : log.headMap(index, true).values()) {
            var known = committed.putIfAbsent(batch.firstIndex(), batch);
            assertThat(known == null ? batch : known)
                    .as("one batch is committed at a place")
                    .isEqualTo(batch);
        }
        assertThat(committedIndex()).as("commit indexes lie between batches").isGreaterThanOrEqualTo(index);
        for (Batch batch : committed.tailMap(from, false).values()) {
            long holders = configuration.agreed(node -> isDurable(node, batch, all) ? 1 : 0);
            assertThat(holders)
                    .as(batch + " is on the disks of a majority once committed")
                    .isEqualTo(1);
        }
    }

    private NavigableMap<Long, Batch> logOf(TestPeer peer) {
        return Objects.requireNonNull(logs.get(peer.id()));
    }

    private static boolean isDurable(NodeId node, Batch batch, Collection<TestPeer> all) {
        return all.stream()
                .anyMatch(peer -> peer.id().equals(node)
                        && (peer.disk().base().index() >= batch.lastIndex()
                                || peer.disk().batches().contains(batch)));
    }
}

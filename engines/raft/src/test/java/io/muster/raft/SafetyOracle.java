package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.NodeId;
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

    SafetyOracle(Configuration configuration) {
        this.configuration = configuration;
    }

    /// `peer` begins, or begins again, with what is on its disk.
    void started(TestPeer peer) {
        var log = new TreeMap<Long, Batch>();
        peer.disk().batches().forEach(batch -> log.put(batch.firstIndex(), batch));
        logs.put(peer.id(), log);
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
                    Effect.CutPrefix _,
                    Effect.PinSnapshots _,
                    Effect.ReadChunk _,
                    Effect.StoreChunk _,
                    Effect.InstallState _,
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
            case Effect.Cut.Everything _ -> log.clear();
        }
        for (Batch batch : persist.batches()) {
            var before = log.lastEntry();
            String predecessor = before == null
                    ? "none"
                    : before.getKey() + "/" + before.getValue().term();
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
        committed.forEach((index, batch) -> assertThat(log.get(index))
                .as("the leader of term " + term + " has what is committed")
                .isEqualTo(batch));
    }

    /// State Machine Safety; and what is committed is on the disks of a majority, not only in memory.
    private void committed(TestPeer peer, long index, Collection<TestPeer> all) {
        var log = logOf(peer);
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
                .anyMatch(
                        peer -> peer.id().equals(node) && peer.disk().batches().contains(batch));
    }
}

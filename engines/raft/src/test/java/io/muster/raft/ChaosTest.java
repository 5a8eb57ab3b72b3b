package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hundreds of small clusters in trouble, each from one seed. `-Dseed=` repeats one; `-Dseeds=` runs that many.
class ChaosTest {
    private static final int ACTS = 4_000;
    private static final int TICKS_TO_HEAL = 200;
    private static final ChaosCoverage SEEN = new ChaosCoverage();

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only != null ? LongStream.of(only) : LongStream.rangeClosed(1, Long.getLong("seeds", 300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_committed_is_ever_lost_and_a_healed_cluster_goes_on(long seed) {
        var cluster = new ChaosCluster(seed, seed % 3 == 0 ? 5 : 3, SEEN);

        for (int i = 0; i < ACTS; i++) {
            cluster.act();
        }
        cluster.heal(TICKS_TO_HEAL);
        long before = cluster.committedIndex();
        cluster.proposeEverywhere();
        cluster.heal(10);

        long base = cluster.peers().stream()
                .mapToLong(peer -> peer.disk().base().index())
                .max()
                .orElseThrow();
        assertThat(cluster.committedIndex()).as("progress after healing").isGreaterThan(before);
        assertThat(cluster.peers()).allSatisfy(peer -> {
            assertThat(peer.status().commitIndex()).isEqualTo(cluster.committedIndex());
            assertThat(peer.disk().lastIndex()).isEqualTo(cluster.committedIndex());
            assertThat(batchesAbove(base, peer))
                    .isEqualTo(batchesAbove(base, cluster.peers().getFirst()));
        });
    }

    @AfterAll
    static void snapshots_were_installed_and_logs_cut() {
        assertThat(SEEN.cuts()).as("logs that were cut").isGreaterThan(0);
        assertThat(SEEN.installs()).as("snapshots that were installed").isGreaterThan(0);
        assertThat(SEEN.emptied()).as("logs that began anew behind one").isGreaterThanOrEqualTo(SEEN.installs());
    }

    @AfterAll
    static void leadership_was_handed_over_and_sometimes_not() {
        assertThat(SEEN.transfers()).as("leaderships that were handed over").isGreaterThan(0);
        assertThat(SEEN.failedTransfers()).as("those that were not").isGreaterThan(0);
    }

    private static List<Batch> batchesAbove(long base, TestPeer peer) {
        return peer.disk().batches().stream()
                .filter(batch -> batch.firstIndex() > base)
                .toList();
    }
}

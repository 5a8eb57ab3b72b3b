package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.ClusterId;
import io.muster.raft.Configuration;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a node believes its peers that it is no member.
final class PeerAdmissionTest {
    private static final HandshakeRefusal NO_MEMBER = HandshakeRefusal.noMember("n1 is no member");

    @TempDir
    private Path folder;

    private final LoopBench bench = LoopBench.ofThree();
    private SqliteLogStore store;
    private PeerAdmission admission;

    @BeforeEach
    void open() {
        var identity = new LogIdentity(new ClusterId(1, 2), LoopBench.SELF, LogIdentity.ONLY_GROUP);
        var voters = Configuration.of(List.of(LoopBench.SELF, LoopBench.PEER, LoopBench.OTHER));
        store = SqliteLogStore.open(folder, identity, voters, SqliteLogStore.DEFAULT_MAX_BYTES);
        admission = new PeerAdmission(LoopBench.SELF, store, bench.loop);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void one_peer_alone_is_not_believed() {
        admission.refusedForGood(LoopBench.PEER, NO_MEMBER);

        assertThat(bench.loop.members().removal()).isEmpty();
    }

    @Test
    void a_majority_is_believed() {
        admission.refusedForGood(LoopBench.PEER, NO_MEMBER);
        admission.refusedForGood(LoopBench.OTHER, NO_MEMBER);

        assertThat(bench.loop.members().removal()).isPresent();
    }

    /// Months may lie between the two.
    @Test
    void a_peer_that_welcomed_this_node_since_does_not_count() {
        admission.refusedForGood(LoopBench.PEER, NO_MEMBER);
        admission.welcomed(LoopBench.PEER);
        admission.refusedForGood(LoopBench.OTHER, NO_MEMBER);

        assertThat(bench.loop.members().removal()).isEmpty();
    }
}

package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.EngineCluster.Member;
import io.muster.log.EngineException;
import io.muster.log.EngineStatus;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.log.RecordingApplier;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a Raft engine does on bad days, beyond the contract of every engine.
@Timeout(180)
final class RaftEngineTest {
    private static final NodeId N1 = new NodeId("n1");

    @TempDir
    Path folder;

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("raft.db", "raft.db-wal", "raft.witness", "raft.voter")) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    private static void damage(Path own, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + own.resolve("raft.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_node_that_never_closed_its_log_comes_back_with_everything_acknowledged() throws IOException {
        var clusters = new RaftClusters(folder, 1);
        Path crashed = folder.resolve("as-the-crash-left-it");
        List<RecordingApplier.Entry> written;
        try (var cluster = clusters.cluster().startAll()) {
            written = cluster.writeMany("command", 20);
            copy(folder.resolve("n1"), crashed);
        }

        var applier = new RecordingApplier();
        try (var engine = RaftEngine.open(clusters.settings(N1, crashed), applier)) {
            engine.start();
            applier.awaitApplied(written.getLast().index());
        }

        assertThat(applier.entries()).containsExactlyElementsOf(written);
    }

    @Test
    void the_threads_that_keep_a_leader_in_its_place_rank_above_all_others() {
        try (var cluster = new RaftClusters(folder, 1).cluster().startAll()) {
            cluster.writeMany("command", 1);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("muster-"))
                    .filteredOn(thread -> thread.getPriority() == Thread.MAX_PRIORITY)
                    .extracting(Thread::getName)
                    .containsOnly("muster-raft", "muster-log-writer");
        }
    }

    @Test
    void a_node_with_a_damaged_row_refuses_to_start_and_names_the_row() throws Exception {
        var clusters = new RaftClusters(folder, 1);
        try (var cluster = clusters.cluster().startAll()) {
            cluster.writeMany("command", 3);
        }
        damage(folder.resolve("n1"), "UPDATE batch SET body = x'0102' WHERE last_index = 3");

        assertThatThrownBy(() -> clusters.open(N1, new RecordingApplier()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("row 3 of table batch")
                .hasMessageContaining("raft.db");
    }

    @Test
    void a_refused_node_leaves_neither_its_folder_nor_its_port_taken() throws Exception {
        var clusters = new RaftClusters(folder, 1);
        clusters.open(N1, new RecordingApplier()).close();
        damage(folder.resolve("n1"), "UPDATE batch SET term = 5 WHERE last_index = 1");
        assertThatThrownBy(() -> clusters.open(N1, new RecordingApplier())).isInstanceOf(EngineException.class);
        damage(folder.resolve("n1"), "UPDATE batch SET term = 0 WHERE last_index = 1");

        try (var engine = clusters.open(N1, new RecordingApplier())) {
            assertThat(engine.leadership().isMine()).isFalse();
        }
    }

    @Test
    void a_port_that_is_taken_refuses_the_start_and_frees_the_folder() {
        var clusters = new RaftClusters(folder, 1);
        var settings = clusters.settings(N1, folder.resolve("elsewhere"));
        try (var running = clusters.open(N1, new RecordingApplier())) {
            assertThatThrownBy(() -> RaftEngine.open(settings, new RecordingApplier()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("choose another port");
            assertThat(running.leadership().isMine()).isFalse();
        }

        RaftEngine.open(settings, new RecordingApplier()).close();
    }

    @Test
    void members_are_those_of_the_log_whatever_the_configuration_file_names() {
        var alone = new RaftClusters(folder, 1);
        alone.open(N1, new RecordingApplier()).close();
        var three = new RaftClusters(folder, 3);

        try (var engine = three.open(N1, new RecordingApplier())) {
            assertThat(engine.status().members()).extracting(MemberStatus::id).containsExactly(N1);
        }
    }

    @Test
    void an_applier_that_fails_stops_the_node_instead_of_being_skipped() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        var applier = new Applier() {
            @Override
            public void deliver(CommittedBatch batch) {
                throw new IllegalStateException("cannot apply " + batch.firstIndex());
            }

            @Override
            public void freeze(Consumer<FrozenState> answer) {
                throw new AssertionError("nobody asks");
            }

            @Override
            public void install(SnapshotMeta meta, SnapshotReader reader) {
                throw new AssertionError("there are no snapshots");
            }

            @Override
            public long appliedIndex() {
                return 0;
            }

            @Override
            public long comparedIndex() {
                return 0;
            }

            @Override
            public int featureLevel() {
                return 1;
            }

            @Override
            public void leadershipChanged(Leadership leadership) {}

            @Override
            public void engineStopped(String reason) {
                if (reason.equals("cannot apply 1")) {
                    stopped.countDown();
                }
            }
        };
        try (var engine = new RaftClusters(folder, 1).open(N1, applier)) {
            engine.start();

            assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_status_of_each_node_names_leader_votes_and_peers() {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("command");
            Member leader = cluster.awaitLeader();

            EngineStatus status = leader.engine().status();

            assertThat(status.role()).isEqualTo(EngineStatus.NodeRole.LEADER);
            assertThat(status.leader()).contains(leader.id());
            assertThat(status.details()).containsEntry("votedFor", leader.id().value());
            assertThat(Integer.parseInt(status.details().getOrDefault("votes", "0")))
                    .isGreaterThanOrEqualTo(2);
            assertThat(status.peers()).hasSize(2);
            assertThat(status.peers())
                    .filteredOn(EngineStatus.PeerStatus::isConnected)
                    .isNotEmpty()
                    .allSatisfy(peer -> {
                        assertThat(peer.apiAddress()).isEqualTo("127.0.0.1:80");
                        assertThat(peer.featureLevel()).isEqualTo(1);
                        assertThat(peer.attributes())
                                .containsEntry("of", peer.id().value());
                    });
        }
    }

    @Test
    void every_nodes_log_ends_with_the_same_bytes() throws Exception {
        var clusters = new RaftClusters(folder, 3);
        try (var cluster = clusters.cluster().startAll()) {
            long last = cluster.writeMany("command", 10).getLast().index();
            cluster.members().forEach(member -> member.applier().awaitApplied(last));
        }

        var voters = Configuration.of(List.of(N1, new NodeId("n2"), new NodeId("n3")));
        var logs = new java.util.ArrayList<List<Batch>>();
        for (NodeId node : voters.voters()) {
            var identity = new LogIdentity(RaftClusters.CLUSTER, node, LogIdentity.ONLY_GROUP);
            try (var store = SqliteLogStore.open(
                    folder.resolve(node.value()), identity, voters, SqliteLogStore.size(1L << 30))) {
                logs.add(store.restore(1 << 24, List.of()).tail());
            }
        }

        int shared = logs.stream().mapToInt(List::size).min().orElseThrow();
        assertThat(shared).isGreaterThan(10);
        assertThat(logs.get(1).subList(0, shared)).isEqualTo(logs.get(0).subList(0, shared));
        assertThat(logs.get(2).subList(0, shared)).isEqualTo(logs.get(0).subList(0, shared));
    }
}

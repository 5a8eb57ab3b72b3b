package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.TimedOut;
import io.muster.log.EngineCluster;
import io.muster.log.EngineException;
import io.muster.log.FreePorts;
import io.muster.log.NodeId;
import io.muster.log.RecordingApplier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A voter is who its folder says, not what it is called: engines over TCP whose folders are lost, emptied and copied.
@Timeout(180)
final class IdentityTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");

    @TempDir
    Path folder;

    private static void remove(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void awaitHindrance(EngineCluster.Member member, String what) {
        while (!member.engine().notReadyReason().orElse("").contains(what)) {
            TimedOut.check();
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void a_cluster_begins_when_all_of_its_founders_have_been_heard() {
        try (var cluster = new RaftClusters(folder, 3).cluster()) {
            var first = cluster.start(N1);
            cluster.start(N2);
            awaitHindrance(first, "waiting for n3 to found the cluster");
            assertThat(first.engine().leadership().leader()).isEmpty();

            cluster.start(N3);
            cluster.write("command");

            assertThat(first.engine().notReadyReason()).isEmpty();
        }
    }

    @Test
    void a_voter_whose_folder_was_emptied_ends_and_says_why() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("command");
            cluster.stop(N3);
            remove(folder.resolve("n3"));

            var emptied = cluster.start(N3);

            assertThat(emptied.applier().awaitStop())
                    .contains("n3")
                    .contains("emptied or exchanged")
                    .contains("A voter lost its folder");
            cluster.stop(N3);
            cluster.write("the others go on");
        }
    }

    /// What lost forty of forty acknowledged jobs before.
    @Test
    void an_emptied_voter_and_one_that_lags_never_elect_a_leader() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("all have this");
            cluster.stop(N3);
            List<RecordingApplier.Entry> acknowledged = cluster.writeMany("acknowledged", 40);
            cluster.stop(N1);
            cluster.stop(N2);
            remove(folder.resolve("n2"));

            var lagging = cluster.start(N3);
            var emptied = cluster.start(N2);
            emptied.applier().awaitStop();
            assertThat(lagging.engine().leadership().leader()).isEmpty();
            cluster.stop(N2);
            cluster.start(N1);
            cluster.write("one more");

            assertThat(cluster.awaitLeader().applier().entries()).containsAll(acknowledged);
        }
    }

    @Test
    void two_emptied_voters_found_nothing_while_the_third_is_away() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("command");
            List.of(N1, N2, N3).forEach(cluster::stop);
            remove(folder.resolve("n2"));
            remove(folder.resolve("n3"));

            var second = cluster.start(N2);
            var third = cluster.start(N3);
            awaitHindrance(second, "waiting for n1 to found the cluster");
            awaitHindrance(third, "waiting for n1 to found the cluster");
            cluster.start(N1);

            assertThat(second.applier().awaitStop()).contains("emptied or exchanged");
            assertThat(third.applier().awaitStop()).contains("emptied or exchanged");
        }
    }

    @Test
    void a_copied_folder_beside_its_original_ends_and_the_original_goes_on() throws IOException {
        var clusters = new RaftClusters(folder, 3);
        try (var cluster = clusters.cluster().startAll()) {
            cluster.write("command");
            cluster.stop(N3);
            Path copied = folder.resolve("copy-of-n3");
            copy(folder.resolve("n3"), copied);
            var original = cluster.start(N3);
            original.applier()
                    .awaitApplied(cluster.write("the original is back").index());

            var applier = new RecordingApplier();
            try (var copy = RaftEngine.open(elsewhere(clusters.settings(N3, copied)), applier)) {
                copy.start();
                assertThat(applier.awaitStop())
                        .contains("n1 and n2 will not have this node")
                        .contains("on a copy");
            }

            original.applier()
                    .awaitApplied(cluster.write("the original goes on").index());
        }
    }

    private static RaftEngineSettings elsewhere(RaftEngineSettings settings) {
        return new RaftEngineSettings(
                settings.identity(),
                settings.folder(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()),
                settings.peers(),
                settings.security(),
                settings.hello(),
                settings.secret(),
                settings.maxLogBytes(),
                settings.raft());
    }

    @Test
    void a_folder_that_lost_its_log_or_its_voter_is_refused() throws IOException {
        var clusters = new RaftClusters(folder, 1);
        for (String name : List.of("raft.db", "raft.witness", "raft.voter")) {
            clusters.open(N1, new RecordingApplier()).close();
            Path own = folder.resolve("n1");
            Path kept = folder.resolve(name + ".kept");
            Files.move(own.resolve(name), kept);

            assertThatThrownBy(() -> clusters.open(N1, new RecordingApplier()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(own.resolve(name).toString())
                    .hasMessageContaining("leave this node stopped");
            Files.move(kept, own.resolve(name));
        }
    }

    private Rebuild rebuild(NodeId lost, NodeId... survivors) {
        var folders = new TreeMap<NodeId, Path>();
        for (NodeId survivor : survivors) {
            folders.put(survivor, folder.resolve(survivor.value()));
        }
        var identity = new LogIdentity(RaftClusters.CLUSTER, lost, LogIdentity.ONLY_GROUP);
        return new Rebuild(identity, folders, folder.resolve(lost.value()));
    }

    /// The lost voter was one of the two that had acknowledged everything; the other survivor lags.
    @Test
    void a_rebuilt_voter_brings_back_everything_that_was_acknowledged() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("all have this");
            cluster.stop(N3);
            List<RecordingApplier.Entry> acknowledged = cluster.writeMany("acknowledged", 40);
            cluster.stop(N1);
            cluster.stop(N2);
            remove(folder.resolve("n2"));

            var done = rebuild(N2, N1, N3).run();
            assertThat(done.source()).isEqualTo(N1);
            cluster.start(N3);
            cluster.start(N2);
            cluster.write("one more");

            var leader = cluster.awaitLeader();
            assertThat(leader.id()).as("the one that lags cannot lead").isEqualTo(N2);
            assertThat(leader.applier().entries()).containsAll(acknowledged);
            cluster.start(N1);
            cluster.write("all three go on");
            cluster.stop(N2);
            cluster.start(N2);
            cluster.write("and again");
        }
    }

    @Test
    void what_is_left_of_an_old_folder_is_refused_once_its_voter_was_rebuilt() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("command");
            List.of(N1, N2, N3).forEach(cluster::stop);
            Files.move(folder.resolve("n2"), folder.resolve("old"));
            rebuild(N2, N1, N3).run();
            cluster.startAll();
            cluster.members()
                    .get(1)
                    .applier()
                    .awaitApplied(cluster.write("rebuilt").index());
            cluster.stop(N2);
            remove(folder.resolve("n2"));
            Files.move(folder.resolve("old"), folder.resolve("n2"));

            assertThat(cluster.start(N2).applier().awaitStop()).contains("n1 and n3 will not have this node");
        }
    }

    @Test
    void a_voter_is_rebuilt_from_all_others_while_all_are_stopped_or_not_at_all() throws IOException {
        try (var cluster = new RaftClusters(folder, 3).cluster().startAll()) {
            cluster.write("command");
            cluster.stop(N2);
            assertThatThrownBy(() -> rebuild(N2, N1, N3).run())
                    .hasMessageContaining("move what is left of n2's folder");

            remove(folder.resolve("n2"));
            assertThatThrownBy(() -> rebuild(N2, N1, N3).run()).hasMessageContaining("in use by another process");
            cluster.stop(N1);
            cluster.stop(N3);
            assertThatThrownBy(() -> rebuild(N2, N1).run()).hasMessageContaining("from the folders of all others");
            remove(folder.resolve("n3"));
            assertThatThrownBy(() -> rebuild(N2, N1, N3).run()).hasMessageContaining("there is no folder");

            assertThat(folder.resolve("n2")).doesNotExist();
        }
    }
}

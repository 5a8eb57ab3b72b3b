package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.Engine;
import io.muster.log.EngineCluster;
import io.muster.log.EngineCluster.Member;
import io.muster.log.NodeId;
import io.muster.log.RecordingApplier;
import io.muster.log.TestProposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots on real disks and a real network: nodes take them by themselves, cut their logs, start from them and send
/// them.
@Timeout(300)
final class SnapshotClusterTest {
    private static final NodeId N1 = new NodeId("n1");

    /// So that a few writes of [#TEXT_BYTES] make a snapshot.
    private static final int EVERY_BYTES = 256 << 10;

    private static final int TEXT_BYTES = 16 << 10;

    @TempDir
    Path folder;

    private RaftClusters clusters(int size) {
        return new RaftClusters(folder, size).takingSnapshots(EVERY_BYTES);
    }

    private static String text(String name) {
        return name + " " + "x".repeat(TEXT_BYTES);
    }

    /// Writes until the log of every node of `waited` begins behind `index`.
    private static long writeUntilCutBehind(long index, EngineCluster cluster, List<Member> waited) {
        long last = 0;
        for (int i = 0; waited.stream().anyMatch(member -> firstIndex(member) <= index); i++) {
            last = cluster.write(text("text-" + i)).index();
        }
        return last;
    }

    private static long firstIndex(Member member) {
        return (long) gauge(member.engine(), "log.first.index");
    }

    private static double gauge(Engine engine, String name) {
        return engine.gauges().stream()
                .filter(gauge -> gauge.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsDouble();
    }

    private static List<Path> snapshots(Path own) throws IOException {
        try (var files = Files.list(own)) {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void each_node_takes_snapshots_and_cuts_its_log() throws IOException {
        try (var cluster = clusters(3).cluster().startAll()) {
            writeUntilCutBehind(1, cluster, cluster.members());

            for (Member member : cluster.members()) {
                assertThat(gauge(member.engine(), "snapshot.last.index")).isPositive();
                assertThat(snapshots(folder.resolve(member.id().value()))).hasSize(2);
            }
        }
    }

    @Test
    void a_start_takes_the_newest_snapshot_and_the_rest_of_the_log() {
        var clusters = clusters(1);
        List<RecordingApplier.Entry> written;
        try (var cluster = clusters.cluster().startAll()) {
            long last = writeUntilCutBehind(1, cluster, cluster.members());
            Member only = cluster.members().getFirst();
            only.applier().awaitApplied(last);
            written = only.applier().entries();
        }

        try (var cluster = clusters.cluster().startAll()) {
            var applier = cluster.members().getFirst().applier();
            applier.awaitApplied(written.getLast().index());

            assertThat(applier.installs()).hasSize(1);
            assertThat(applier.entries()).isEqualTo(written);
        }
    }

    @Test
    void a_damaged_newest_snapshot_falls_back_to_the_one_before_it() throws IOException {
        var clusters = clusters(1);
        List<RecordingApplier.Entry> written;
        try (var cluster = clusters.cluster().startAll()) {
            writeUntilCutBehind(1, cluster, cluster.members());
            written = cluster.members().getFirst().applier().entries();
        }
        List<Path> files = snapshots(folder.resolve("n1"));
        byte[] bytes = Files.readAllBytes(files.getLast());
        bytes[bytes.length / 2] ^= 1;
        Files.write(files.getLast(), bytes);

        try (var cluster = clusters.cluster().startAll()) {
            var applier = cluster.members().getFirst().applier();
            applier.awaitApplied(written.getLast().index());

            assertThat(applier.entries()).isEqualTo(written);
            assertThat(files.getLast()).doesNotExist();
        }
    }

    @Test
    void a_node_that_was_away_while_others_cut_their_logs_installs_a_snapshot() {
        try (var cluster = clusters(3).cluster().startAll()) {
            long seen = cluster.write("first").index();
            Member away = cluster.followersOf(cluster.awaitLeader()).getFirst();
            away.applier().awaitApplied(seen);
            cluster.stop(away.id());
            long last = writeUntilCutBehind(seen + 1, cluster, cluster.members());

            Member back = cluster.start(away.id());
            back.applier().awaitApplied(last);

            Member leader = cluster.awaitLeader();
            assertThat(back.applier().installs()).isNotEmpty();
            assertThat(back.applier().entries()).isEqualTo(entriesUpTo(leader, last));
            long next = cluster.write("after the install").index();
            back.applier().awaitApplied(next);
            assertThat(gauge(back.engine(), "snapshot.received")).isEqualTo(1);
        }
    }

    @Test
    void an_install_that_a_crash_broke_off_is_begun_again() throws IOException {
        var clusters = clusters(3);
        try (var cluster = clusters.cluster().startAll()) {
            cluster.write("first");
            NodeId away = cluster.followersOf(cluster.awaitLeader()).getFirst().id();
            cluster.stop(away);
            long last = writeUntilCutBehind(cluster.write("second").index(), cluster, cluster.members());
            // As a process leaves it that is killed while it receives.
            Path part = folder.resolve(away.value()).resolve("snapshot-%020d.muster.part".formatted(last));
            Files.write(part, new byte[EVERY_BYTES / 2]);

            Member back = cluster.start(away);
            back.applier().awaitApplied(last);

            assertThat(part).doesNotExist();
            assertThat(back.applier().entries()).isEqualTo(entriesUpTo(cluster.awaitLeader(), last));
        }
    }

    @Test
    void a_node_that_ends_again_and_again_while_it_receives_gets_there() {
        var clusters = clusters(3);
        try (var cluster = clusters.cluster().startAll()) {
            cluster.write("first");
            NodeId away = cluster.followersOf(cluster.awaitLeader()).getFirst().id();
            cluster.stop(away);
            long last = writeUntilCutBehind(cluster.write("second").index(), cluster, cluster.members());
            for (int pieces = 0; pieces < 4; pieces++) {
                Member back = cluster.start(away);
                for (int i = 0; i < pieces; i++) {
                    cluster.awaitLeader().barrier();
                }
                assertThat(back.applier().stops()).isEmpty();
                cluster.stop(away);
            }

            Member back = cluster.start(away);
            back.applier().awaitApplied(last);

            assertThat(back.applier().entries()).isEqualTo(entriesUpTo(cluster.awaitLeader(), last));
        }
    }

    /// What was cut from the log that is copied is in its snapshots alone.
    @Test
    void a_voter_is_rebuilt_from_logs_that_were_cut() throws IOException {
        var clusters = clusters(3);
        try (var cluster = clusters.cluster().startAll()) {
            long last = writeUntilCutBehind(1, cluster, cluster.members());
            List<NodeId> all = cluster.members().stream().map(Member::id).toList();
            NodeId lost = all.get(1);
            all.forEach(cluster::stop);
            for (Path file : filesOf(folder.resolve(lost.value()))) {
                Files.delete(file);
            }
            var others = new TreeMap<NodeId, Path>();
            all.stream().filter(id -> !id.equals(lost)).forEach(id -> others.put(id, folder.resolve(id.value())));
            var identity = new LogIdentity(RaftClusters.CLUSTER, lost, LogIdentity.ONLY_GROUP);

            new Rebuild(identity, others, folder.resolve(lost.value())).run();

            cluster.startAll();
            Member back = cluster.members().get(1);
            back.applier().awaitApplied(last);
            assertThat(back.applier().installs()).isNotEmpty();
            assertThat(entriesUpTo(back, last)).isEqualTo(entriesUpTo(cluster.awaitLeader(), last));
        }
    }

    private static List<Path> filesOf(Path own) throws IOException {
        try (var files = Files.list(own)) {
            return files.toList();
        }
    }

    private static List<RecordingApplier.Entry> entriesUpTo(Member member, long index) {
        return member.applier().entries().stream()
                .filter(entry -> entry.index() <= index)
                .toList();
    }

    @Test
    void a_node_that_installed_starts_again_from_what_it_installed() {
        var clusters = clusters(3);
        NodeId away;
        long last;
        try (var cluster = clusters.cluster().startAll()) {
            cluster.write("first");
            away = cluster.followersOf(cluster.awaitLeader()).getFirst().id();
            cluster.stop(away);
            last = writeUntilCutBehind(cluster.write("second").index(), cluster, cluster.members());
            cluster.start(away).applier().awaitApplied(last);
            cluster.stop(away);

            Member again = cluster.start(away);
            again.applier().awaitApplied(last);

            assertThat(again.applier().entries()).isEqualTo(entriesUpTo(cluster.awaitLeader(), last));
        }
    }

    @Test
    void writes_go_on_and_nobody_is_elected_while_snapshots_are_taken() {
        try (var cluster = clusters(3).cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            long term = leader.engine().leadership().term();
            var proposals = new ArrayList<TestProposal>();
            for (int i = 0; i < 400; i++) {
                proposals.add(leader.propose(TestProposal.of(text("text-" + i))));
                if (i % 20 == 19) {
                    proposals.getLast().await();
                }
            }

            assertThat(proposals)
                    .allSatisfy(
                            proposal -> assertThat(proposal.await()).isInstanceOf(io.muster.log.Outcome.Applied.class));
            assertThat(gauge(leader.engine(), "snapshot.last.index")).isPositive();
            assertThat(leader.engine().leadership().term()).isEqualTo(term);
        }
    }

    @Test
    void a_snapshot_that_cannot_be_written_is_told_and_the_node_goes_on() throws IOException {
        var clusters = clusters(1);
        try (var cluster = clusters.cluster().startAll()) {
            Member only = cluster.awaitLeader();
            // A folder in the place of each file that it could write, with something in it so that it stays.
            for (int index = 1; index < 400; index++) {
                Files.createDirectories(folder.resolve("n1/snapshot-%020d.muster.new/x".formatted(index)));
            }

            for (int i = 0; gauge(only.engine(), "snapshot.failures") == 0; i++) {
                cluster.write(text("text-" + i));
            }

            assertThat(cluster.write("after that").index()).isPositive();
            assertThat(only.engine().leadership().isMine()).isTrue();
            assertThat(N1).isEqualTo(only.id());
        }
    }
}

package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.DiagnosisDocument;
import io.muster.client.DiagnosisFinding;
import io.muster.client.NodeReport;
import io.muster.client.SilentNode;
import io.muster.encoding.Bytes;
import io.muster.encoding.Tether;
import io.muster.log.NodeId;
import io.muster.node.Pause;
import io.muster.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the doctor says of three real processes, of which some are killed or frozen.
@Timeout(300)
final class DoctorProcessTest {
    @TempDir
    Path folder;

    @Test
    void a_node_whose_fellows_were_killed_names_them_and_the_majority_that_is_missing() throws Exception {
        try (var cluster = start(29001)) {
            awaitLed(cluster);

            cluster.kill(new NodeId("node-2"));
            cluster.kill(new NodeId("node-3"));
            var told = awaitFinding(cluster, "no-majority");

            var finding = told.findings().getFirst();
            assertThat(finding.nodes()).containsExactly("node-2", "node-3");
            assertThat(finding.what())
                    .startsWith("1 of 3 voters can be reached, and it takes a majority of 2 to elect a leader")
                    .contains("node-2 is gone: no process listens");
            assertThat(told.silent()).extracting(SilentNode::why).containsOnly("refused");
            var words = ask(cluster, cluster.adminKey());
            assertThat(words.code()).as(words.toString()).isEqualTo(ExitCode.BAD.number());
            assertThat(words.lines().getFirst()).startsWith("no leader  voters 3  majority 2");
        }
    }

    @Test
    void a_frozen_node_is_told_apart_from_a_dead_one() throws Exception {
        try (var cluster = start(29021)) {
            awaitLed(cluster);

            cluster.kill(new NodeId("node-2"));
            signal(cluster, "node-3", "-STOP");
            try {
                var told = awaitFinding(cluster, "no-majority");

                assertThat(told.silent()).extracting(SilentNode::why).containsExactly("refused", "timed-out");
                assertThat(told.findings().getFirst().what()).contains("its process is frozen or overloaded");
            } finally {
                signal(cluster, "node-3", "-CONT");
            }
        }
    }

    @Test
    void a_node_that_was_started_alone_answers_to_its_own_key() throws Exception {
        try (var cluster = start(29041)) {
            awaitLed(cluster);
            cluster.kill(new NodeId("node-1"));
            cluster.kill(new NodeId("node-2"));
            cluster.kill(new NodeId("node-3"));

            cluster.start(new NodeId("node-1"));
            var asked = ask(cluster, folder.resolve("data/node-1/worker.key"), "--json");

            var told = read(asked);
            assertThat(told.nodes()).extracting(NodeReport::node).containsExactly("node-1");
            assertThat(told.findings().getFirst().kind()).isEqualTo("no-majority");
        }
    }

    private LocalCluster start(int firstPort) {
        return LocalCluster.start(folder, new LocalCluster.Plan("doctor", 3, firstPort, 1, ""));
    }

    /// Waits until a leader is known and every node reports: a busy machine's disk may be slow all the
    /// while.
    private static void awaitLed(LocalCluster cluster) throws InterruptedException {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var told = read(ask(cluster, cluster.adminKey(), "--json"));
        while (told.leader() == null || !told.silent().isEmpty()) {
            cluster.requireRunning();
            Pause.shortly();
            told = read(ask(cluster, cluster.adminKey(), "--json"));
        }
    }

    private static DiagnosisDocument awaitFinding(LocalCluster cluster, String kind) throws InterruptedException {
        while (true) {
            var told = read(ask(cluster, cluster.adminKey(), "--json"));
            var kinds = told.findings().stream().map(DiagnosisFinding::kind).collect(Collectors.toSet());
            if (kinds.contains(kind)) {
                return told;
            }
            Pause.shortly();
        }
    }

    private static DiagnosisDocument read(Typed asked) {
        assertThat(asked.out()).as(asked.toString()).startsWith("{");
        return Json.read(Bytes.utf8(asked.out()), DiagnosisDocument.class);
    }

    /// Asks the first node.
    private static Typed ask(LocalCluster cluster, Path key, String... more) {
        String server = "http://" + cluster.members().getFirst().api();
        var words = new ArrayList<String>();
        words.addAll(List.of("doctor", "--server", server, "--key-file", key.toString()));
        words.addAll(List.of(more));
        return Typed.run(words.toArray(String[]::new));
    }

    private static void signal(LocalCluster cluster, String node, String signal)
            throws IOException, InterruptedException {
        String pid = cluster.pid(new NodeId(node)).orElseThrow().toString();
        int code = new ProcessBuilder(Tether.of("kill", signal, pid)).start().waitFor();
        assertThat(code).isZero();
    }
}

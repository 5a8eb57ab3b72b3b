package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.FreePorts;
import io.muster.log.NodeId;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two of five voters are left, and one of them reaches further.
@Timeout(240)
final class RecoveryTest {
    private static final NodeId AHEAD = new NodeId("node-1");
    private static final NodeId BEHIND = new NodeId("node-5");

    @TempDir
    Path folder;

    private NodeConfig config(NodeId id) {
        return ConfigFile.read(folder.resolve("muster.yaml"), id.value());
    }

    private Recovery recovery(NodeId id, NodeId other) {
        var others = new TreeMap<>(Map.of(other, config(other).data()));
        return new Recovery(config(id), others, InstantSource.system());
    }

    @Test
    void the_survivor_that_reaches_furthest_goes_on_and_no_other() throws Exception {
        layOut();
        runUntilOneLags();

        assertThatThrownBy(() -> recovery(BEHIND, AHEAD).outlook())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("go on with node-1");
        var outlook = recovery(AHEAD, BEHIND).outlook();

        assertThat(outlook.kept().node()).isEqualTo(AHEAD);
        assertThat(outlook.compared()).singleElement().satisfies(other -> {
            assertThat(other.node()).isEqualTo(BEHIND);
            assertThat(other.lastIndex()).isLessThan(outlook.kept().lastIndex());
        });
        assertThat(outlook.missing()).extracting(NodeId::value).containsExactly("node-2", "node-3", "node-4");
    }

    private void layOut() throws IOException {
        var nodes = IntStream.rangeClosed(1, 5)
                .mapToObj(number -> "    - {id: node-%d, node: \"127.0.0.1:%d\", api: \"127.0.0.1:%d\"}"
                        .formatted(number, FreePorts.next(), FreePorts.next()))
                .toList();
        Files.writeString(
                folder.resolve("muster.yaml"),
                "cluster:\n  nodes:\n" + String.join("\n", nodes) + "\nnode: {slots: 0, adminKeyFile: admin.key}\n");
    }

    private void runUntilOneLags() throws Exception {
        var nodes = new ArrayList<MusterNode>();
        try (var transport = new HttpConnections()) {
            for (NodeConfig.Member member : config(AHEAD).members()) {
                var node = new MusterNode(config(member.id()));
                nodes.add(node);
                node.start();
            }
            while (!Files.exists(folder.resolve("admin.key"))) {
                Pause.shortly();
            }
            var config = new ClientConfig(
                    List.of(config(AHEAD).apiUri(config(AHEAD).self()).toString()), Duration.ofSeconds(60));
            var client = new MusterClient(config, ApiKey.read(folder.resolve("admin.key")), transport);
            client.submit(SubmitJob.of("noop", Bytes.utf8("{}")));
            nodes.removeLast().close();
            client.submit(SubmitJob.of("noop", Bytes.utf8("{}")));
        } finally {
            nodes.reversed().forEach(MusterNode::close);
        }
    }
}

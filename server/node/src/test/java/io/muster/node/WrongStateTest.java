package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.FreePorts;
import io.muster.log.Outcome;
import io.muster.log.Stamp;
import io.muster.log.TestProposal;
import io.muster.state.ClusterState;
import io.muster.values.ValueCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three whole nodes over real connections and disks, one of which holds in memory what the log does not say.
@Timeout(180)
final class WrongStateTest {
    private static final int AT_ONCE = 1_000;

    @TempDir
    Path folder;

    private final List<MusterNode> nodes = new ArrayList<>();
    private Path config = Path.of("");

    @BeforeEach
    void startThree() throws IOException {
        config = Files.writeString(folder.resolve("muster.yaml"), """
                cluster:
                  nodes:
                    - {id: node-1, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                    - {id: node-2, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                    - {id: node-3, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                node: {slots: 0}
                """.formatted(
                        Stream.generate(FreePorts::next).limit(6).toArray()));
        for (int i = 1; i <= 3; i++) {
            nodes.add(start("node-" + i));
        }
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(MusterNode::close);
    }

    @Test
    void a_leader_with_a_wrong_state_stops_and_the_others_go_on_without_it() throws Exception {
        var leader = leader();
        leader.coordinator().withCoordinator(coordinator -> flip(coordinator.state()));

        growTo(ClusterState.DIGEST_EVERY);

        assertThat(leader.failure().get())
                .startsWith(
                        "the state machine stopped: this node's state differs from that of the majority at entry 10000")
                .contains("test the memory of this machine");
        nodes.remove(leader);
        leader.close();
        assertThat(set(leader(), "still")).isInstanceOf(Outcome.Applied.class);
        assertThat(nodes).noneMatch(node -> node.failure().isDone());
    }

    @Test
    void a_follower_with_a_wrong_state_stops_and_comes_back_sound() throws Exception {
        var leader = leader();
        int number = leader == nodes.getFirst() ? 1 : 0;
        var follower = nodes.get(number);
        follower.coordinator().withCoordinator(coordinator -> flip(coordinator.state()));

        growTo(ClusterState.DIGEST_EVERY);

        assertThat(follower.failure().get()).contains("differs from that of the majority at entry 10000");
        follower.close();
        nodes.set(number, start("node-" + (number + 1)));
        while (nodes.get(number).coordinator().appliedIndex()
                < leader.coordinator().appliedIndex()) {
            assertThat(nodes).noneMatch(node -> node.failure().isDone());
            Pause.shortly();
        }
        assertThat(set(leader(), "still")).isInstanceOf(Outcome.Applied.class);
    }

    private MusterNode start(String id) throws IOException {
        var node = new MusterNode(ConfigFile.read(config, id));
        node.start();
        return node;
    }

    /// The node that leads and has applied the start of its term.
    private MusterNode leader() throws Exception {
        while (true) {
            for (MusterNode node : nodes) {
                if (node.engine().leadership().isMine() && node.coordinator().appliedIndex() > 0) {
                    return node;
                }
            }
            Pause.shortly();
        }
    }

    private static void flip(ClusterState state) {
        state.values().apply(new Stamp(1, 1, 0, state.time()), new ValueCommand.Set("flipped", Bytes.utf8("1")));
    }

    private void growTo(long index) throws Exception {
        while (leader().coordinator().appliedIndex() < index) {
            var leader = leader();
            var commands = new ArrayList<TestProposal>();
            for (int i = 0; i < AT_ONCE; i++) {
                commands.add(proposed(leader, new ValueCommand.Other(Bytes.EMPTY)));
            }
            commands.forEach(TestProposal::await);
        }
    }

    private static Outcome set(MusterNode node, String key) {
        return proposed(node, new ValueCommand.Set(key, Bytes.utf8("1"))).await();
    }

    private static TestProposal proposed(MusterNode node, ValueCommand command) {
        var envelope = Envelope.of(command, Asker.CLUSTER);
        var proposal = TestProposal.ofEnvelope(envelope.encode());
        node.engine().propose(proposal);
        return proposal;
    }
}

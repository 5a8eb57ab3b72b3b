package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.log.MemberAddresses;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final Configuration JOINT = new Configuration(
            new TreeSet<>(TestPeer.nodes("n1", "n2", "n3")),
            new TreeSet<>(TestPeer.nodes("n1", "n4")),
            new TreeSet<>(TestPeer.nodes("n5")));

    private static final Configuration ADDRESSED = new Configuration(
            JOINT.voters(),
            JOINT.outgoing(),
            JOINT.learners(),
            new TreeMap<>(Map.of(new NodeId("n4"), new VoterId(1, 2), new NodeId("n5"), new VoterId(3, 4))),
            new TreeMap<>(Map.of(
                    new NodeId("n2"), new MemberAddresses("10.0.0.2:7101", "10.0.0.2:7001"),
                    new NodeId("n5"), new MemberAddresses("[::1]:7105", "node-5.example:7005"))));

    @Test
    void comes_back_as_it_was_encoded() {
        assertThat(Configuration.decode(JOINT.encode())).isEqualTo(JOINT);
        assertThat(Configuration.decode(Configuration.NONE.encode())).isEqualTo(Configuration.NONE);
    }

    @Test
    void identities_come_back_as_they_were_encoded() {
        var founders = new TreeMap<NodeId, VoterId>();
        founders.put(new NodeId("n1"), new VoterId(1, 2));
        founders.put(new NodeId("n2"), new VoterId(3, 4));
        var configuration = Configuration.founding(founders);

        assertThat(Configuration.decode(configuration.encode())).isEqualTo(configuration);
    }

    @Test
    void the_stored_form_is_the_golden_one() {
        Golden.check("configuration-v1.hex", JOINT.encode().array());
    }

    @Test
    void the_stored_form_with_addresses_is_the_golden_one() {
        Golden.check("configuration-v2.hex", ADDRESSED.encode().array());
        assertThat(Configuration.decode(ADDRESSED.encode())).isEqualTo(ADDRESSED);
    }

    @Test
    void members_without_addresses_are_written_as_every_version_reads_them() {
        var founders = new TreeMap<>(Map.of(new NodeId("n1"), new VoterId(1, 2)));

        assertThat(Configuration.founding(founders).encode().array()[0]).isEqualTo((byte) 1);
        assertThat(ADDRESSED.encode().array()[0]).isEqualTo((byte) 2);
    }

    @Test
    void who_has_an_address_is_a_member() {
        var voters = new TreeSet<>(TestPeer.nodes("a"));
        var addresses = new TreeMap<>(Map.of(new NodeId("b"), new MemberAddresses("b:1", "b:2")));

        assertThatThrownBy(
                        () -> new Configuration(voters, new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), addresses))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_form_that_a_snapshot_keeps_is_the_same_for_ever() {
        var stored = new StoredConfiguration(0x0102030405L, JOINT);

        Golden.check("stored-configuration-v1.hex", stored.encode().array());
        assertThat(StoredConfiguration.decode(stored.encode())).isEqualTo(stored);
    }

    @Test
    void a_form_of_another_version_or_shape_is_refused() {
        byte[] good = JOINT.encode().array();
        byte[] later = good.clone();
        later[0] = 3;
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] shorter = Arrays.copyOf(good, good.length - 1);

        for (byte[] bad : List.of(later, longer, shorter)) {
            assertThatThrownBy(() -> Configuration.decode(Bytes.wrap(bad))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_learner_cannot_be_a_voter() {
        var nodes = new TreeSet<>(TestPeer.nodes("a"));

        assertThatThrownBy(() -> new Configuration(nodes, new TreeSet<>(), nodes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_voters_nothing_is_ever_agreed() {
        assertThat(Configuration.NONE.agreed(node -> Long.MAX_VALUE)).isZero();
    }

    /// T20: against a quorum found by trying every set of voters.
    @Test
    void t20_what_a_quorum_agrees_on_is_what_trying_every_majority_finds() {
        var random = new SplitMix64(Long.getLong("seed", 1));
        for (int i = 0; i < 5_000; i++) {
            var voters = some(random, 1 + random.below(7));
            var outgoing = some(random, random.below(6));
            var configuration = new Configuration(voters, outgoing, new TreeSet<>());
            var reached = new HashMap<NodeId, Long>();
            configuration.members().forEach(node -> reached.put(node, (long) random.below(5)));

            long agreed = configuration.agreed(node -> reached.getOrDefault(node, 0L));

            assertThat(agreed).as("%s %s", configuration, reached).isEqualTo(bruteForce(configuration, reached));
        }
    }

    @Test
    void t46_a_configuration_is_in_force_from_its_append_on() {
        var a = TestPeer.voter("a", "a", "b", "c");
        var next = TestPeer.voters("a", "b");

        a.receive("b", Scene.append(1, 1, 0, 1, Scene.configuration(2, 1, next)));

        assertThat(a.raft().configuration()).isEqualTo(next);
    }

    @Test
    void t46_a_configuration_that_is_cut_is_no_longer_in_force() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.configuration(2, 1, TestPeer.voters("a", "b"))));

        a.receive("c", Scene.append(2, 1, 0, 1, Scene.batch(2, 1, 2)));

        assertThat(a.raft().configuration()).isEqualTo(TestPeer.voters("a", "b", "c"));
    }

    @Test
    void t46_a_configuration_is_still_known_after_a_restart() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.receive("b", Scene.append(1, 1, 0, 1, Scene.configuration(2, 1, TestPeer.voters("a", "b"))));
        a.sync();

        a.restart(2);

        assertThat(a.raft().configuration()).isEqualTo(TestPeer.voters("a", "b"));
    }

    @Test
    void a_node_without_a_vote_never_campaigns() {
        var d = new TestPeer(new NodeId("d"), RaftConfig.DEFAULT, Disk.bootstrapped(TestPeer.voters("a", "b", "c")), 1);

        d.tick(500);

        assertThat(d.drain()).isEmpty();
    }

    private static SortedSet<NodeId> some(SplitMix64 random, int count) {
        var nodes = new TreeSet<NodeId>();
        while (nodes.size() < count) {
            nodes.add(new NodeId("n" + random.below(8)));
        }
        return nodes;
    }

    private static long bruteForce(Configuration configuration, Map<NodeId, Long> reached) {
        for (long value = 5; value > 0; value--) {
            if (isMajority(configuration.voters(), reached, value)
                    && (configuration.outgoing().isEmpty() || isMajority(configuration.outgoing(), reached, value))) {
                return value;
            }
        }
        return 0;
    }

    private static boolean isMajority(Set<NodeId> group, Map<NodeId, Long> reached, long value) {
        long there = group.stream()
                .filter(node -> reached.getOrDefault(node, 0L) >= value)
                .count();
        return there > group.size() - there;
    }
}

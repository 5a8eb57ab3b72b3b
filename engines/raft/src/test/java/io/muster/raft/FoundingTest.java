package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// How founders come to agree, and that a node that lost its folder founds nothing.
class FoundingTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final TreeSet<NodeId> ALL = new TreeSet<>(List.of(A, B, C));

    private static final VoterId OTHER = new VoterId(99, 99);

    private static VoterId identity(NodeId node) {
        return new VoterId(node.hashCode(), 0);
    }

    private static SortedMap<NodeId, VoterId> founders() {
        var founders = new TreeMap<NodeId, VoterId>();
        ALL.forEach(node -> founders.put(node, identity(node)));
        return founders;
    }

    private static FoundingStatus fresh(NodeId node) {
        return FoundingStatus.fresh(identity(node));
    }

    private static FoundingStatus bound(NodeId node) {
        return new FoundingStatus(identity(node), founders(), false);
    }

    private static Founding founding(NodeId node) {
        return new Founding(node, ALL, fresh(node));
    }

    @Test
    void nothing_is_founded_before_everybody_was_heard() {
        var founding = founding(A);
        founding.heard(B, fresh(B));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Wait(new TreeSet<>(List.of(C))));
    }

    @Test
    void who_has_heard_everybody_binds_itself_before_it_founds() {
        var founding = founding(A);
        founding.heard(B, fresh(B));
        founding.heard(C, fresh(C));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Bind(bound(A)));
        assertThat(founding.next()).isEqualTo(new Founding.Step.Wait(new TreeSet<>(List.of(B, C))));
    }

    @Test
    void a_cluster_is_founded_once_all_are_bound_to_the_same() {
        var founding = new Founding(A, ALL, bound(A));
        founding.heard(B, bound(B));
        founding.heard(C, bound(C));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Found(Configuration.founding(founders())));
    }

    @Test
    void a_founder_that_was_left_behind_founds_what_another_has_founded() {
        var founding = founding(A);
        founding.heard(B, new FoundingStatus(identity(B), founders(), true));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Bind(bound(A)));
        assertThat(founding.next()).isEqualTo(new Founding.Step.Found(Configuration.founding(founders())));
    }

    @Test
    void a_voter_that_lost_its_folder_never_takes_part() {
        var founded = new FoundingStatus(identity(B), founders(), true);
        var founding = new Founding(A, ALL, FoundingStatus.fresh(OTHER));
        founding.heard(C, fresh(C));
        founding.heard(B, founded);

        assertThat(founding.next()).isEqualTo(new Founding.Step.Lost(B, founded));
    }

    @Test
    void a_voter_whose_folder_was_exchanged_during_the_founding_never_takes_part() {
        var founding = new Founding(A, ALL, FoundingStatus.fresh(OTHER));
        founding.heard(B, bound(B));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Lost(B, bound(B)));
    }

    @Test
    void a_founder_that_is_bound_waits_for_the_one_it_is_bound_to() {
        var founding = new Founding(A, ALL, bound(A));
        founding.heard(B, bound(B));
        founding.heard(C, FoundingStatus.fresh(OTHER));

        assertThat(founding.next()).isEqualTo(new Founding.Step.Stuck(C));
    }

    @Test
    void who_is_alone_founds_at_once() {
        var founding = new Founding(A, new TreeSet<>(List.of(A)), fresh(A));

        assertThat(founding.next()).isInstanceOf(Founding.Step.Bind.class);
        assertThat(founding.next()).isInstanceOf(Founding.Step.Found.class);
    }

    @Test
    void a_founding_status_comes_back_as_it_was_written() {
        var writer = new BinaryWriter();
        bound(A).write(writer);

        assertThat(FoundingStatus.read(BinaryReader.over(writer.toBytes()))).isEqualTo(bound(A));
    }

    private static FoundingStatus at(SortedMap<NodeId, FoundingStatus> stored, NodeId node) {
        return Objects.requireNonNull(stored.get(node), "every node has a founding status");
    }

    /// Founders that hear each other in any order, forget what was not stored, and lose their folders now and then.
    @Test
    void whatever_is_lost_and_when_there_are_never_two_foundings() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("-Dseed=" + seed);
        var random = new Random(seed);
        int founded = 0;
        for (int round = 0; round < 2_000; round++) {
            var founders = new ArrayList<SortedMap<NodeId, VoterId>>();
            var running = new TreeMap<NodeId, Founding>();
            var stored = new TreeMap<NodeId, FoundingStatus>();
            ALL.forEach(node -> stored.put(node, FoundingStatus.fresh(new VoterId(random.nextLong(), 0))));
            for (int step = 0; step < 60; step++) {
                var node = List.copyOf(ALL).get(random.nextInt(3));
                if (random.nextInt(25) == 0 && !at(stored, node).isFounded()) {
                    stored.put(node, FoundingStatus.fresh(new VoterId(random.nextLong(), 0)));
                    running.remove(node);
                    continue;
                }
                if (at(stored, node).isFounded()) {
                    continue;
                }
                var founding = running.computeIfAbsent(node, _ -> new Founding(node, ALL, at(stored, node)));
                var peer = List.copyOf(ALL).get(random.nextInt(3));
                founding.heard(peer, at(stored, peer));
                switch (founding.next()) {
                    case Founding.Step.Bind(FoundingStatus bound) -> stored.put(node, bound);
                    case Founding.Step.Found(Configuration configuration) -> {
                        founders.add(configuration.identities());
                        stored.put(
                                node,
                                new FoundingStatus(at(stored, node).identity(), configuration.identities(), true));
                    }
                    case Founding.Step.Wait _, Founding.Step.Stuck _, Founding.Step.Lost _ -> {}
                }
            }
            assertThat(Set.copyOf(founders)).as("round %d", round).hasSizeLessThan(2);
            founded += founders.size();
        }
        assertThat(founded).as("some clusters are founded").isPositive();
    }
}

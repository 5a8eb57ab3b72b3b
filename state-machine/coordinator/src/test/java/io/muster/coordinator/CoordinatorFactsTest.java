package io.muster.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineStatus.PeerStatus;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CoordinatorFactsTest {

    @Test
    void the_level_is_the_lowest_that_any_voter_supports() {
        assertThat(level(ClusterState.FEATURE_LEVEL + 1, ClusterState.FEATURE_LEVEL + 2))
                .isEqualTo(ClusterState.FEATURE_LEVEL);
        assertThat(level(ClusterState.FEATURE_LEVEL, ClusterState.FEATURE_LEVEL - 1))
                .isEqualTo(ClusterState.FEATURE_LEVEL - 1);
    }

    @Test
    void a_voter_that_has_not_said_its_level_holds_all_back() {
        assertThat(level(ClusterState.FEATURE_LEVEL, 0)).isZero();
    }

    @Test
    void the_digests_are_those_that_each_voter_has_told() {
        var digests = new TreeMap<>(Map.of(ClusterState.DIGEST_EVERY, 7L));
        var told = new PeerStatus(
                new NodeId("node-2"), true, "", 1, Map.of(StateDigests.ATTRIBUTE, StateDigests.text(digests)), 0);

        CoordinatorFacts facts = CoordinatorFacts.of(List.of(told, peer("node-3", 1)), 3, List.of());

        assertThat(facts.digests().get(told.id())).isEqualTo(digests);
        assertThat(facts.digests().get(new NodeId("node-3"))).isEmpty();
    }

    private static int level(int... levels) {
        return CoordinatorFacts.of(List.of(peer("node-2", levels[0]), peer("node-3", levels[1])), 3, List.of())
                .featureLevel();
    }

    private static PeerStatus peer(String name, int level) {
        return new PeerStatus(new NodeId(name), true, "", level, Map.of(), 0);
    }
}

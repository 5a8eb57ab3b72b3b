package io.muster.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineStatus;
import io.muster.log.EngineStatus.PeerStatus;
import io.muster.log.MemberStatus;
import io.muster.log.MemberStatus.Vote;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        CoordinatorFacts facts = CoordinatorFacts.of(seen(Vote.VOTER, told, peer("node-3", 1)), List.of());

        assertThat(facts.digests().get(told.id())).isEqualTo(digests);
        assertThat(facts.digests().get(new NodeId("node-3"))).isEmpty();
    }

    @Test
    void t48_a_learner_is_compared_with_nobody() {
        var digests = new TreeMap<>(Map.of(ClusterState.DIGEST_EVERY, 7L));
        var told = new PeerStatus(
                new NodeId("node-2"), true, "", 1, Map.of(StateDigests.ATTRIBUTE, StateDigests.text(digests)), 0);

        CoordinatorFacts facts = CoordinatorFacts.of(seen(Vote.LEARNER, told), List.of());

        assertThat(facts.digests()).isEmpty();
        assertThat(facts.voters()).isEqualTo(1);
    }

    @Test
    void a_learner_that_is_older_holds_all_back_as_a_voter_does() {
        CoordinatorFacts facts =
                CoordinatorFacts.of(seen(Vote.LEARNER, peer("node-2", ClusterState.FEATURE_LEVEL - 1)), List.of());

        assertThat(facts.featureLevel()).isEqualTo(ClusterState.FEATURE_LEVEL - 1);
    }

    private static int level(int... levels) {
        return CoordinatorFacts.of(seen(Vote.VOTER, peer("node-2", levels[0]), peer("node-3", levels[1])), List.of())
                .featureLevel();
    }

    /// What `node-1`, a voter, sees of these others.
    private static EngineStatus seen(Vote others, PeerStatus... peers) {
        var members = new ArrayList<MemberStatus>();
        members.add(member("node-1", Vote.VOTER));
        for (PeerStatus peer : peers) {
            members.add(member(peer.id().value(), others));
        }
        return new EngineStatus(
                new NodeId("node-1"),
                EngineStatus.NodeRole.LEADER,
                1,
                Optional.empty(),
                1,
                1,
                1,
                0,
                members,
                false,
                List.of(peers),
                new TreeMap<>());
    }

    private static MemberStatus member(String id, Vote vote) {
        return new MemberStatus(new NodeId(id), vote, Optional.empty(), Optional.empty(), 0, 0);
    }

    private static PeerStatus peer(String name, int level) {
        return new PeerStatus(new NodeId(name), true, "", level, Map.of(), 0);
    }
}

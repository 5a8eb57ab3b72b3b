package io.muster.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.access.AccessCommand;
import io.muster.access.AccessCommands;
import io.muster.access.KeyRecord;
import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommands;
import io.muster.log.NodeId;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterCommands;
import io.muster.state.ClusterState;
import io.muster.state.StateException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a leader proposes by itself, and what it leaves alone.
final class LeaderDutiesTest {
    private final OneNode node = new OneNode();

    @Test
    void every_ten_thousandth_entry_the_voters_digests_are_put_into_the_log_once() {
        node.lead();
        node.growTo(ClusterState.DIGEST_EVERY - 1);
        node.wake();
        long before = node.proposedOf(ClusterCommands.CHECK_DIGEST);
        node.growTo(ClusterState.DIGEST_EVERY);
        node.facts = told(3, Map.of());
        node.pass(1_000);
        long alone = node.proposedOf(ClusterCommands.CHECK_DIGEST);
        long mine = digestAt(ClusterState.DIGEST_EVERY);
        node.facts = told(3, Map.of("node-2", mine));

        node.pass(1_000);

        assertThat(before + alone).isZero();
        assertThat(node.proposedOf(ClusterCommands.CHECK_DIGEST)).isEqualTo(1);
        assertThat(lastCheck().digests()).isEqualTo(Map.of(OneNode.SELF, mine, new NodeId("node-2"), mine));
    }

    @Test
    void a_leader_with_a_wrong_state_lets_the_majority_stop_it() {
        node.lead();
        node.growTo(ClusterState.DIGEST_EVERY);
        long theirs = digestAt(ClusterState.DIGEST_EVERY) ^ 1;
        node.facts = told(3, Map.of("node-2", theirs));
        node.wake();
        long undecided = node.proposedOf(ClusterCommands.CHECK_DIGEST);
        node.facts = told(3, Map.of("node-2", theirs, "node-3", theirs));

        assertThatThrownBy(node::wake)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("differs from that of the majority");
        assertThat(undecided).isZero();
    }

    @Test
    void without_a_possible_majority_every_digest_is_put_into_the_log() {
        node.lead();
        node.growTo(ClusterState.DIGEST_EVERY);
        long mine = digestAt(ClusterState.DIGEST_EVERY);
        node.facts = told(3, Map.of("node-2", mine ^ 1, "node-3", mine ^ 2));

        node.pass(1_000);

        assertThat(node.proposedOf(ClusterCommands.CHECK_DIGEST)).isEqualTo(1);
        assertThat(node.coordinator.state().undecided()).isPresent();
    }

    @Test
    void an_absent_voter_is_awaited_until_the_next_comparison() {
        node.lead();
        node.growTo(ClusterState.DIGEST_EVERY);
        node.facts = told(3, Map.of("node-2", digestAt(ClusterState.DIGEST_EVERY) ^ 1));
        node.pass(1_000);
        long awaited = node.proposedOf(ClusterCommands.CHECK_DIGEST);
        node.growTo(2 * ClusterState.DIGEST_EVERY);

        node.pass(1_000);

        assertThat(awaited).isZero();
        assertThat(lastCheck().index()).isEqualTo(ClusterState.DIGEST_EVERY);
        assertThat(node.coordinator.state().undecided()).isPresent();
    }

    @Test
    void a_leader_waits_for_the_digests_of_a_quorum_however_long_the_log() {
        node.lead();
        node.growTo(2 * ClusterState.DIGEST_EVERY);
        node.facts = told(5, Map.of("node-2", digestAt(ClusterState.DIGEST_EVERY) ^ 1));

        node.pass(1_000);

        assertThat(node.proposedOf(ClusterCommands.CHECK_DIGEST)).isZero();
    }

    @Test
    void a_new_leader_makes_the_comparison_that_its_predecessor_left() {
        node.follow(new NodeId("node-2"));
        node.growTo(ClusterState.DIGEST_EVERY);

        node.lead();
        node.wake();

        assertThat(lastCheck().index()).isEqualTo(ClusterState.DIGEST_EVERY);
    }

    /// It leads on until the rest is committed without it, and is one of nobody's majority (T48).
    @Test
    void a_leader_that_removes_itself_compares_the_others_only() {
        node.lead();
        node.growTo(ClusterState.DIGEST_EVERY);
        long right = digestAt(ClusterState.DIGEST_EVERY);
        var others = told(2, Map.of("node-2", right, "node-3", right));
        node.facts = new CoordinatorFacts(1, List.of(), false, 2, others.digests());

        node.pass(1_000);

        assertThat(lastCheck().digests()).containsOnlyKeys(new NodeId("node-2"), new NodeId("node-3"));
    }

    private ClusterCommand.CheckDigest lastCheck() {
        return (ClusterCommand.CheckDigest)
                ClusterCommands.CHECK_DIGEST.decode(1, node.proposed.getLast().body());
    }

    private long digestAt(long index) {
        return Objects.requireNonNull(node.coordinator.state().comparable().get(index), "applied");
    }

    /// The others' digests at the first index that is compared.
    private static CoordinatorFacts told(int voters, Map<String, Long> digests) {
        var byNode = new HashMap<NodeId, SortedMap<Long, Long>>();
        digests.forEach((name, digest) ->
                byNode.put(new NodeId(name), new TreeMap<>(Map.of(ClusterState.DIGEST_EVERY, digest))));
        return new CoordinatorFacts(1, List.of(), true, voters, byNode);
    }

    @Test
    void the_feature_level_is_raised_once_every_voter_supports_more_and_not_before() {
        node.lead();
        node.cutOff();
        for (int level : new int[] {0, 1}) {
            node.facts = CoordinatorFacts.alone(level, List.of());
            node.wake();
        }
        long before = node.proposedOf(ClusterCommands.RAISE_FEATURE_LEVEL);
        node.facts = CoordinatorFacts.alone(2, List.of());

        node.wake();

        assertThat(before).isZero();
        assertThat(node.proposed.getLast().body()).isEqualTo(new ClusterCommand.RaiseFeatureLevel(2).encode());
    }

    @Test
    void the_first_admin_key_and_the_nodes_own_keys_are_granted_once() {
        node.lead();
        node.facts = CoordinatorFacts.alone(
                1,
                List.of(
                        new AccessCommand.AddFirstKey(key("000000000001", Role.ADMIN)),
                        new AccessCommand.AddKey(key("000000000002", Role.WORKER))));

        node.pass(1_000);

        assertThat(node.coordinator.state().access().keys())
                .extracting(view -> view.key().id())
                .containsExactly("000000000001", "000000000002");
        assertThat(node.proposedOf(AccessCommands.ADD_FIRST_KEY)).isEqualTo(1);
        assertThat(node.proposedOf(AccessCommands.ADD_KEY)).isEqualTo(1);
    }

    @Test
    void a_first_key_is_not_proposed_where_an_admin_key_exists() {
        node.lead();
        node.facts = CoordinatorFacts.alone(1, List.of(new AccessCommand.AddFirstKey(key("000000000001", Role.ADMIN))));
        node.wake();
        node.facts = CoordinatorFacts.alone(1, List.of(new AccessCommand.AddFirstKey(key("000000000009", Role.ADMIN))));

        node.wake();

        assertThat(node.proposedOf(AccessCommands.ADD_FIRST_KEY)).isEqualTo(1);
    }

    @Test
    void a_duty_is_proposed_once_in_a_term() {
        node.lead();
        node.exchange(1, List.of(), List.of());
        node.cutOff();
        node.pass(3_100);
        node.pass(3_100);
        long inOneTerm = node.proposedOf(JobCommands.LOSE_WORKER);

        node.lead();
        node.pass(3_100);

        assertThat(inOneTerm).isEqualTo(1);
        assertThat(node.proposedOf(JobCommands.LOSE_WORKER)).isEqualTo(2);
    }

    @Test
    void a_leaders_own_proposals_are_bound_to_its_term() {
        node.lead();
        node.lead();
        node.exchange(1, List.of(), List.of());

        node.pass(3_100);

        assertThat(node.proposed).hasSizeGreaterThan(1);
        assertThat(node.boundTo).containsOnly(node.term);
    }

    @Test
    void a_follower_proposes_nothing_by_itself() {
        node.lead();
        node.exchange(1, List.of(), List.of());
        int asLeader = node.proposed.size();

        node.follow(new NodeId("node-2"));
        node.facts = CoordinatorFacts.alone(2, List.of(new AccessCommand.AddKey(key("000000000002", Role.WORKER))));
        node.growTo(ClusterState.DIGEST_EVERY);
        node.pass(5_000);

        assertThat(node.proposed).hasSize(asLeader);
    }

    private static KeyRecord key(String id, Role role) {
        String worker = role == Role.WORKER ? "node-1" : "";
        return new KeyRecord(id, "node-1", role, worker, Bytes.wrap(new byte[32]), "");
    }
}

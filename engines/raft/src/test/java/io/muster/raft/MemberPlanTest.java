package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.MemberAddresses;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What each wish makes of who takes part.
class MemberPlanTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId L = new NodeId("l");
    private static final NodeId Z = new NodeId("z");
    private static final VoterId IDENTITY = new VoterId(1, 2);
    private static final MemberAddresses AT = new MemberAddresses("l:1", "l:2");

    private static final Configuration NOW = new Configuration(
            nodes(A, B), nodes(), nodes(L), new TreeMap<>(Map.of(L, IDENTITY)), new TreeMap<>(Map.of(L, AT)));

    @Test
    void a_learner_comes_with_its_identity_and_its_addresses() {
        var next = next(new MemberChange.AddLearner(Z, new VoterId(3, 4), new MemberAddresses("z:1", "z:2")));

        assertThat(next.learners()).containsExactly(L, Z);
        assertThat(next.voters()).isEqualTo(NOW.voters());
        assertThat(next.isJoint()).isFalse();
        assertThat(next.identities()).containsEntry(Z, new VoterId(3, 4));
        assertThat(next.addresses()).containsEntry(Z, new MemberAddresses("z:1", "z:2"));
    }

    @Test
    void who_leaves_takes_what_is_known_of_it_along() {
        var next = next(new MemberChange.Remove(L));

        assertThat(next).isEqualTo(Configuration.of(List.of(A, B)));
    }

    @Test
    void a_voter_that_gives_up_its_vote_is_a_learner_when_the_joint_phase_ends() {
        var joint = next(new MemberChange.Demote(B));

        assertThat(joint.isVoter(B)).isTrue();
        assertThat(joint.entered().voters()).containsExactly(A);
        assertThat(joint.entered().learners()).containsExactly(B, L);
        assertThat(Configuration.decode(joint.encode())).isEqualTo(joint);
    }

    @Test
    void no_voter_becomes_a_learner_where_there_are_as_many_as_can_be() {
        var learners = new TreeSet<NodeId>();
        for (int i = 0; i < Configuration.MAX_MEMBERS; i++) {
            learners.add(new NodeId("l" + i));
        }
        var full = new Configuration(nodes(A, B), nodes(), learners);

        assertThat(MemberPlan.of(full, new MemberChange.Demote(B)))
                .isEqualTo(new MemberPlan.Impossible(new MemberRefusal.TooManyMembers(Configuration.MAX_MEMBERS)));
    }

    @Test
    void a_replacement_keeps_the_number_of_voters() {
        var joint = next(new MemberChange.Replace(L, B));

        assertThat(joint.voters()).containsExactly(A, L);
        assertThat(joint.outgoing()).containsExactly(A, B);
        assertThat(joint.entered().members()).containsExactly(A, L);
        assertThat(joint.entered().addresses()).containsEntry(L, AT);
    }

    @Test
    void the_last_voter_stays() {
        var alone = Configuration.of(List.of(A));

        for (MemberChange change : List.of(new MemberChange.Remove(A), new MemberChange.Demote(A))) {
            assertThat(MemberPlan.of(alone, change))
                    .isEqualTo(new MemberPlan.Impossible(new MemberRefusal.NoVoterLeft()));
        }
    }

    @Test
    void a_name_an_identity_and_an_address_are_taken_once() {
        var other = new MemberAddresses("z:1", "z:2");

        assertThat(refusal(new MemberChange.AddLearner(L, new VoterId(9, 9), AT)))
                .isEqualTo(new MemberRefusal.NameTaken(L));
        assertThat(refusal(new MemberChange.AddLearner(Z, IDENTITY, other)))
                .isEqualTo(new MemberRefusal.IdentityTaken(L));
        assertThat(refusal(new MemberChange.AddLearner(Z, new VoterId(9, 9), new MemberAddresses("z:1", "l:2"))))
                .isEqualTo(new MemberRefusal.AddressTaken(L, "l:2"));
        assertThat(refusal(new MemberChange.Readdress(A, AT))).isEqualTo(new MemberRefusal.AddressTaken(L, "l:1"));
    }

    @Test
    void nothing_is_made_of_one_that_is_not_what_it_would_have_to_be() {
        assertThat(refusal(new MemberChange.Promote(Z))).isEqualTo(new MemberRefusal.UnknownMember(Z));
        assertThat(refusal(new MemberChange.Demote(Z))).isEqualTo(new MemberRefusal.UnknownMember(Z));
        assertThat(refusal(new MemberChange.Remove(Z))).isEqualTo(new MemberRefusal.UnknownMember(Z));
        assertThat(refusal(new MemberChange.Readdress(Z, AT))).isEqualTo(new MemberRefusal.UnknownMember(Z));
        assertThat(refusal(new MemberChange.Replace(A, B))).isEqualTo(new MemberRefusal.NoLearner(A));
        assertThat(refusal(new MemberChange.Replace(Z, B))).isEqualTo(new MemberRefusal.UnknownMember(Z));
        assertThat(refusal(new MemberChange.Replace(L, L))).isEqualTo(new MemberRefusal.NoVoter(L));
    }

    @Test
    void more_than_fits_into_a_frame_is_refused() {
        var voters = new TreeSet<NodeId>();
        var addresses = new TreeMap<NodeId, MemberAddresses>();
        for (int i = 0; i < 250; i++) {
            var node = new NodeId("n" + i);
            voters.add(node);
            addresses.put(node, new MemberAddresses("n" + i + "x".repeat(250), "a" + i + "x".repeat(250)));
        }
        var full = new Configuration(voters, nodes(), nodes(), new TreeMap<>(), addresses);

        var plan = MemberPlan.of(full, new MemberChange.Remove(new NodeId("n0")));

        assertThat(plan).isEqualTo(new MemberPlan.Impossible(new MemberRefusal.TooManyMembers(250)));
    }

    private static Configuration next(MemberChange change) {
        return ((MemberPlan.Next) MemberPlan.of(NOW, change)).configuration();
    }

    private static MemberRefusal refusal(MemberChange change) {
        return ((MemberPlan.Impossible) MemberPlan.of(NOW, change)).reason();
    }

    private static SortedSet<NodeId> nodes(NodeId... nodes) {
        return new TreeSet<>(Arrays.asList(nodes));
    }
}

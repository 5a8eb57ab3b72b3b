package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.NodeId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VotersTest {
    private static Set<NodeId> nodes(String... names) {
        return Stream.of(names).map(NodeId::new).collect(Collectors.toSet());
    }

    @Test
    void more_than_half_are_a_majority() {
        var voters = Voters.of(nodes("a", "b", "c", "d"));

        assertThat(voters.isMajority(nodes("a", "b"))).isFalse();
        assertThat(voters.isMajority(nodes("a", "b", "c"))).isTrue();
        assertThat(voters.isMajority(nodes("a", "b", "x")))
                .as("whoever else holds it")
                .isFalse();
    }

    @Test
    void while_members_change_a_majority_of_both_is_needed() {
        var voters = new Voters(nodes("a", "b", "c"), nodes("c", "d", "e"));

        assertThat(voters.isMajority(nodes("a", "b"))).isFalse();
        assertThat(voters.isMajority(nodes("d", "e"))).isFalse();
        assertThat(voters.isMajority(nodes("b", "c", "d"))).isTrue();
        assertThat(voters.others(new NodeId("c"))).extracting(NodeId::value).isEqualTo(List.of("a", "b", "d", "e"));
    }

    @Test
    void where_nobody_is_known_to_vote_nothing_is_a_majority() {
        assertThat(Voters.of(Set.of()).isMajority(nodes("a"))).isFalse();
    }
}

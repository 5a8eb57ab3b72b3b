package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeadershipTest {
    @Test
    void trust_lapses_by_itself() {
        var mine = new Leadership(3, Optional.of(new NodeId("node-1")), true, 1_000);

        assertThat(mine.isTrustedAt(999)).isTrue();
        assertThat(mine.isTrustedAt(1_000)).isFalse();
    }

    @Test
    void only_a_leader_is_trusted() {
        var another = new Leadership(3, Optional.of(new NodeId("node-2")), false, 1_000);

        assertThat(another.isTrustedAt(999)).isFalse();
        assertThat(Leadership.unknown(3).isTrustedAt(-1)).isFalse();
    }

    @Test
    void a_monotonic_clock_that_overflows_does_not_lengthen_trust() {
        var mine = new Leadership(3, Optional.of(new NodeId("node-1")), true, Long.MIN_VALUE + 10);

        assertThat(mine.isTrustedAt(Long.MAX_VALUE - 10)).isTrue();
        assertThat(mine.isTrustedAt(Long.MIN_VALUE + 11)).isFalse();
    }
}

package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A cluster of one follows the same rules as any other (T8).
class SingleVoterTest {
    @Test
    void elects_itself_only_once_its_own_vote_is_synced() {
        var a = TestPeer.voter("a", "a");

        a.tickUntil(RaftStatus.MemberRole.CANDIDATE);

        assertThat(a.status().role()).isEqualTo(RaftStatus.MemberRole.CANDIDATE);

        a.sync();

        assertThat(a.isLeader()).isTrue();
        assertThat(a.disk().state().term()).isEqualTo(1);
    }

    @Test
    void commits_only_what_is_synced() {
        var a = TestPeer.voter("a", "a");
        a.tickUntil(RaftStatus.MemberRole.CANDIDATE);
        a.sync();

        a.propose("x");

        assertThat(a.status().lastIndex()).isEqualTo(3);
        assertThat(a.status().commitIndex()).isEqualTo(2);

        a.sync();

        assertThat(a.status().commitIndex()).isEqualTo(3);
        assertThat(a.last(Effect.Committed.class)).contains(new Effect.Committed(3));
    }

    @Test
    void reaches_a_read_barrier_at_once() {
        var a = TestPeer.voter("a", "a");
        a.tickUntil(RaftStatus.MemberRole.CANDIDATE);
        a.sync();

        a.step(new Input.BarrierAsked(7));

        assertThat(a.last(Effect.BarrierReached.class)).contains(new Effect.BarrierReached(7, 2));
    }
}

package io.muster.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreeVotersTest {
    @Test
    void elect_a_leader_and_commit_what_it_is_given_on_all_three() {
        var peers =
                List.of(Peer.voter("a", "a", "b", "c"), Peer.voter("b", "a", "b", "c"), Peer.voter("c", "a", "b", "c"));
        var a = peers.getFirst();
        peers.get(1).tick(15);
        peers.get(2).tick(15);
        a.tickUntil(RaftStatus.Role.PRE_CANDIDATE);

        settle(peers);
        a.propose("x");
        a.propose("y");
        settle(peers);

        assertThat(a.isLeader()).isTrue();
        assertThat(peers).allSatisfy(peer -> {
            assertThat(peer.status().commitIndex()).isEqualTo(4);
            assertThat(peer.disk().batches()).isEqualTo(a.disk().batches());
        });
    }

    private static void settle(List<Peer> peers) {
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            for (Peer peer : peers) {
                peer.sync();
                for (Effect effect : new ArrayList<>(peer.drain())) {
                    if (effect instanceof Effect.Send send) {
                        isMoving = true;
                        peers.stream()
                                .filter(to -> to.id().equals(send.to()))
                                .forEach(to -> to.step(new Input.Received(peer.id(), send.message())));
                    }
                }
            }
        }
    }
}

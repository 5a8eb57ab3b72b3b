package io.muster.worker;

import static io.muster.worker.Script.A;
import static io.muster.worker.Script.B;
import static io.muster.worker.Script.C;
import static io.muster.worker.Script.claim;
import static io.muster.worker.Script.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.exchange.HeldRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a worker finds its leader, by itself and quickly: rule 6 of `docs/exchange.md`.
class LeaderFindingTest {
    @Test
    void a_worker_begins_with_the_first_server_it_knows() {
        Script script = new Script(Script.config(1));

        script.happens(new WorkerInput.Woken());

        assertThat(script.opening()).isEqualTo(new WorkerEffect.OpenChannel(1, A));
    }

    @Test
    void a_closed_channel_is_replaced_at_once_by_one_to_another_server() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> effects = script.channelCloses();
        script.channelOpens();

        assertThat(effects).containsExactly(new WorkerEffect.OpenChannel(2, B));
        assertThat(script.request().held()).containsExactly(new HeldRun(id("j1", 1)));
    }

    @Test
    void a_server_that_does_not_lead_names_the_one_that_does() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();

        List<WorkerEffect> effects = script.answers(script.refusal(C));

        assertThat(effects).containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.OpenChannel(2, C));
    }

    @Test
    void a_leader_that_asks_for_patience_is_asked_again_on_the_same_channel() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.ends(id("j1", 1), Script.done());

        List<WorkerEffect> onRefusal = script.answers(script.refusal(A));
        script.passes(19);
        boolean sentTooEarly = script.sent();
        script.passes(1);

        assertThat(onRefusal).isEmpty();
        assertThat(sentTooEarly).isFalse();
        assertThat(script.sent()).isTrue();
        assertThat(script.request().results()).hasSize(1);
    }

    @Test
    void a_reply_passed_on_by_a_follower_sends_the_worker_to_the_leader() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();

        List<WorkerEffect> effects = script.answers(script.leaderIs(B));

        assertThat(effects).containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.OpenChannel(2, B));
    }

    @Test
    void a_leader_that_cannot_be_reached_is_used_through_a_follower() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();
        script.answers(script.leaderIs("http://hidden"));
        script.channelCloses();
        script.channelOpens();

        List<WorkerEffect> effects = script.answers(script.leaderIs("http://hidden"));

        assertThat(effects).isEmpty();
        assertThat(script.status().isConnected()).isTrue();
    }

    @Test
    void a_dead_leader_that_followers_still_name_is_not_tried_again_and_again() {
        Script script = Script.connected();
        script.channelCloses();
        script.channelOpens();

        script.answers(script.refusal(A));

        assertThat(script.opening().address()).isEqualTo(C);
    }

    @Test
    void every_server_is_tried_once_without_a_pause_then_pauses_grow_to_half_a_second() {
        Script script = Script.connected();
        List<Long> pauses = new ArrayList<>();

        for (int i = 0; i < 30; i++) {
            script.channelCloses();
            pauses.add(script.millisUntilWake());
            script.passes(500);
        }

        assertThat(pauses.subList(0, 3))
                .allMatch(pause -> pause > 500, "tried at once: what comes next is the give-up");
        assertThat(pauses.subList(3, 6)).allMatch(pause -> pause <= 10);
        assertThat(pauses.subList(24, 30)).allMatch(pause -> pause > 200 && pause <= 500);
    }

    @Test
    void an_unanswered_exchange_is_given_up_after_a_second() {
        Script script = Script.connected();
        script.passes(1_000);

        List<WorkerEffect> early = script.passes(999);
        List<WorkerEffect> late = script.passes(1);

        assertThat(early).isEmpty();
        assertThat(late).containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.OpenChannel(2, B));
    }

    @Test
    void a_channel_that_does_not_open_is_given_up_after_a_second() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());

        List<WorkerEffect> effects = script.passes(1_000);

        assertThat(effects).containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.OpenChannel(2, B));
    }

    @Test
    void what_is_said_of_a_channel_given_up_is_ignored() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());
        script.passes(1_000);

        List<WorkerEffect> opened = script.happens(new WorkerInput.ChannelOpened(1));
        List<WorkerEffect> closed = script.happens(new WorkerInput.ChannelClosed(1, "late"));

        assertThat(opened).isEmpty();
        assertThat(closed).isEmpty();
    }
}

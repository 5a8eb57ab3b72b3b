package io.muster.worker;

import static io.muster.worker.Script.claim;
import static io.muster.worker.Script.done;
import static io.muster.worker.Script.id;
import static io.muster.worker.Script.limitedClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.InvariantViolation;
import io.muster.exchange.HeldRun;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a worker starts, stops and forgets: rules 3, 4 and 5 of `docs/exchange.md`.
class ClaimingTest {
    @Test
    void a_claim_is_started() {
        Script script = Script.connected();

        List<WorkerEffect> effects = script.answers(script.claims(claim("j1", 1)));

        assertThat(effects).containsExactly(new WorkerEffect.StartRun(claim("j1", 1)));
    }

    @Test
    void a_claim_that_comes_unasked_between_exchanges_is_started_too() {
        Script script = Script.connected();
        script.answers(script.reply());

        List<WorkerEffect> effects = script.answers(script.claims(claim("j1", 1)));

        assertThat(effects).containsExactly(new WorkerEffect.StartRun(claim("j1", 1)));
    }

    @Test
    void a_claim_in_hand_is_not_started_again() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        assertThat(script.answers(script.claims(claim("j1", 1)))).isEmpty();
    }

    @Test
    void a_claim_whose_result_is_owed_is_not_started_again() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.ends(id("j1", 1), done());

        assertThat(script.answers(script.claims(claim("j1", 1)))).isEmpty();
    }

    @Test
    void a_claim_of_an_older_attempt_than_the_one_in_hand_is_ignored() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 2)));

        assertThat(script.answers(script.claims(claim("j1", 1)))).isEmpty();
    }

    @Test
    void a_newer_attempt_stops_the_older_run_and_starts_when_that_has_ended() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> onClaim = script.answers(script.claims(claim("j1", 2)));
        List<WorkerEffect> onEnd = script.ends(id("j1", 1), done());

        assertThat(onClaim)
                .contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.SUPERSEDED))
                .doesNotContain(new WorkerEffect.StartRun(claim("j1", 2)));
        assertThat(onEnd).contains(new WorkerEffect.StartRun(claim("j1", 2)));
        assertThat(script.request().results()).isEmpty();
    }

    @Test
    void a_deposed_leader_cannot_hand_out_again_what_is_done() {
        Script script = Script.connected();
        script.answers(script.claimsAt(3, 50, claim("j1", 1)));
        script.ends(id("j1", 1), done());
        script.answers(script.acknowledgesAt(3, 51, id("j1", 1)));
        script.passes(1_000);

        List<WorkerEffect> effects = script.answers(script.claimsAt(2, 90, claim("j1", 1)));

        assertThat(effects)
                .contains(new WorkerEffect.CloseChannel(1))
                .noneMatch(WorkerEffect.StartRun.class::isInstance);
    }

    @Test
    void an_answer_of_the_same_term_with_a_lower_index_starts_nothing() {
        Script script = Script.connected();
        script.answers(script.claimsAt(3, 50, claim("j0", 1)));
        script.passes(1_000);

        List<WorkerEffect> effects = script.answers(script.claimsAt(3, 49, claim("j1", 1)));

        assertThat(effects).noneMatch(WorkerEffect.StartRun.class::isInstance);
    }

    @Test
    void an_answer_to_an_earlier_exchange_is_ignored() {
        Script script = Script.connected();
        var late = script.claims(claim("j1", 1));
        script.passes(1_000);

        assertThat(script.answers(late)).isEmpty();
    }

    @Test
    void an_answer_on_a_channel_given_up_is_ignored() {
        Script script = Script.connected();
        long oldChannel = script.opening().channel();
        script.passes(1_000);
        var late = script.claims(claim("j1", 1));
        script.channelCloses();

        assertThat(script.happens(new WorkerInput.AnswerArrived(oldChannel, late)))
                .isEmpty();
    }

    @Test
    void a_dropped_run_is_never_reported() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> effects = script.answers(script.drops(id("j1", 1)));
        script.ends(id("j1", 1), done());
        script.passes(1_000);

        assertThat(effects).contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.DROPPED));
        assertThat(script.request().held()).isEmpty();
        assertThat(script.request().results()).isEmpty();
    }

    @Test
    void a_dropped_result_is_forgotten() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.ends(id("j1", 1), done());

        script.answers(script.drops(id("j1", 1)));

        assertThat(script.status().held()).isZero();
    }

    @Test
    void a_dropped_run_takes_up_its_slot_until_it_has_ended() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        script.answers(script.drops(id("j1", 1)));
        script.passes(1);
        int offeredWhileItStops = script.request().slots();
        script.answers(script.reply());
        script.ends(id("j1", 1), done());

        assertThat(offeredWhileItStops).isEqualTo(1);
        assertThat(script.request().slots()).isEqualTo(2);
    }

    @Test
    void a_claim_beyond_the_slots_is_held_and_started_when_one_is_free() {
        Script script = Script.connected();

        List<WorkerEffect> onClaims = script.answers(script.claims(claim("j1", 1), claim("j2", 1), claim("j3", 1)));
        script.passes(1_000);
        List<HeldRun> held = script.request().held();
        List<WorkerEffect> onEnd = script.ends(id("j1", 1), done());

        assertThat(onClaims)
                .containsExactly(new WorkerEffect.StartRun(claim("j1", 1)), new WorkerEffect.StartRun(claim("j2", 1)));
        assertThat(held).hasSize(3);
        assertThat(onEnd).containsExactly(new WorkerEffect.StartRun(claim("j3", 1)));
    }

    @Test
    void a_run_beyond_its_limit_is_stopped_and_reported_as_failed() {
        Script script = Script.connected();
        script.answers(script.claims(limitedClaim("j1", 1_500)));

        List<WorkerEffect> early = script.passes(999);
        script.passes(1);
        script.answers(script.reply());
        List<WorkerEffect> late = script.passes(500);
        script.ends(id("j1", 1), new RunOutcome.Failed("interrupted", false));

        assertThat(early).isEmpty();
        assertThat(late).contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.TIMED_OUT));
        assertThat(script.request().results())
                .containsExactly(new RunResult(
                        id("j1", 1), new RunOutcome.Failed("stopped after running for 1500 ms, its limit", true)));
    }

    @Test
    void a_run_that_succeeds_while_it_is_stopped_has_succeeded() {
        Script script = Script.connected();
        script.answers(script.claims(limitedClaim("j1", 500)));
        script.passes(500);

        script.ends(id("j1", 1), done());

        assertThat(script.request().results()).containsExactly(new RunResult(id("j1", 1), done()));
    }

    @Test
    void the_end_of_a_run_that_never_was_stops_the_worker() {
        Script script = Script.connected();

        assertThatThrownBy(() -> script.ends(id("j1", 1), done())).isInstanceOf(InvariantViolation.class);
    }
}

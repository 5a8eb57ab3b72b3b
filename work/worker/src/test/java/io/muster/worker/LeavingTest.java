package io.muster.worker;

import static io.muster.worker.Script.claim;
import static io.muster.worker.Script.done;
import static io.muster.worker.Script.id;
import static io.muster.worker.Script.rawClaim;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a worker lets go: rules 7 and 8 of `docs/exchange.md`, and its end.
class LeavingTest {
    @Test
    void a_lapsed_lease_stops_the_runs_that_nothing_fences_and_no_others() {
        Script script = Script.connected();
        script.answers(script.claims(rawClaim("j1"), claim("j2", 1)));

        List<WorkerEffect> early = script.passes(Script.HOLD_MILLIS - 1);
        List<WorkerEffect> late = script.passes(1);

        assertThat(early).noneMatch(WorkerEffect.StopRun.class::isInstance);
        assertThat(late)
                .filteredOn(WorkerEffect.StopRun.class::isInstance)
                .containsExactly(new WorkerEffect.StopRun(id("j1", 1), StopReason.LEASE_LAPSED));
    }

    @Test
    void the_lease_is_counted_from_before_the_answered_exchange_was_sent() {
        Script script = Script.connected();
        script.answers(script.claims(rawClaim("j1")));
        script.passes(1_000);
        script.passes(900);
        script.answers(script.reply());

        List<WorkerEffect> early = script.passes(Script.HOLD_MILLIS - 901);
        List<WorkerEffect> late = script.passes(1);

        assertThat(early).noneMatch(WorkerEffect.StopRun.class::isInstance);
        assertThat(late).contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.LEASE_LAPSED));
    }

    @Test
    void a_repeated_answer_does_not_lengthen_the_lease() {
        Script script = Script.connected();
        script.answers(script.claims(rawClaim("j1")));
        script.passes(900);
        script.answers(script.reply());

        List<WorkerEffect> effects = script.passes(Script.HOLD_MILLIS - 900);

        assertThat(effects).contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.LEASE_LAPSED));
    }

    @Test
    void a_run_stopped_by_a_lapse_is_given_back_once_there_is_a_leader_again() {
        Script script = Script.connected();
        script.answers(script.claims(rawClaim("j1")));
        script.passes(Script.HOLD_MILLIS);
        script.ends(id("j1", 1), new RunOutcome.Failed("interrupted", true));

        script.channelOpens();

        assertThat(script.request().results())
                .containsExactly(new RunResult(
                        id("j1", 1), new RunOutcome.Released("stopped because the worker lost touch with the leader")));
    }

    @Test
    void a_draining_worker_says_so_at_once_and_finishes_what_it_holds() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> onAsk = script.happens(new WorkerInput.DrainAsked());
        script.passes(1);
        boolean draining = script.request().draining();
        script.answers(script.reply());
        script.ends(id("j1", 1), done());
        List<WorkerEffect> onLast = script.answers(script.acknowledges(id("j1", 1)));

        assertThat(onAsk).noneMatch(WorkerEffect.StopRun.class::isInstance);
        assertThat(draining).isTrue();
        assertThat(onLast).containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.Exit(ExitReason.DRAINED));
    }

    @Test
    void an_idle_worker_leaves_when_the_leader_knows_that_it_drains() {
        Script script = Script.connected();

        List<WorkerEffect> onAsk = script.happens(new WorkerInput.DrainAsked());
        List<WorkerEffect> onAnswer = script.answers(script.reply());

        assertThat(onAsk).noneMatch(WorkerEffect.Exit.class::isInstance);
        assertThat(onAnswer).contains(new WorkerEffect.Exit(ExitReason.DRAINED));
    }

    @Test
    void an_idle_worker_without_a_leader_leaves_at_once() {
        Script script = new Script(Script.config(1));
        script.happens(new WorkerInput.Woken());

        List<WorkerEffect> effects = script.happens(new WorkerInput.DrainAsked());

        assertThat(effects)
                .containsExactly(new WorkerEffect.CloseChannel(1), new WorkerEffect.Exit(ExitReason.DRAINED));
    }

    @Test
    void a_draining_worker_gives_back_what_it_is_given_all_the_same() {
        Script script = Script.connected();
        script.happens(new WorkerInput.DrainAsked());

        List<WorkerEffect> effects = script.answers(script.claims(claim("j1", 1)));

        assertThat(effects).noneMatch(WorkerEffect.StartRun.class::isInstance);
        assertThat(script.request().results())
                .containsExactly(new RunResult(id("j1", 1), new RunOutcome.Released("the worker drains")));
    }

    @Test
    void a_drain_that_takes_too_long_stops_the_runs_and_gives_them_back() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.happens(new WorkerInput.DrainAsked());

        List<WorkerEffect> late = script.passes(30_000);
        script.ends(id("j1", 1), new RunOutcome.Failed("interrupted", true));
        script.channelOpens();
        List<RunResult> givenBack = script.request().results();
        List<WorkerEffect> onAcknowledged = script.answers(script.acknowledges(id("j1", 1)));

        assertThat(late).contains(new WorkerEffect.StopRun(id("j1", 1), StopReason.DRAINING));
        assertThat(givenBack)
                .containsExactly(
                        new RunResult(id("j1", 1), new RunOutcome.Released("stopped because the worker drains")));
        assertThat(onAcknowledged).contains(new WorkerEffect.Exit(ExitReason.DRAINED));
    }

    @Test
    void a_drain_ends_though_a_run_does_not() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.happens(new WorkerInput.DrainAsked());

        List<WorkerEffect> effects = script.passes(35_000);

        assertThat(effects).contains(new WorkerEffect.Exit(ExitReason.DRAIN_TIMED_OUT));
    }

    @Test
    void a_replaced_incarnation_stops_everything_and_exits() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> effects = script.answers(script.end());

        assertThat(effects)
                .containsExactly(
                        new WorkerEffect.StopRun(id("j1", 1), StopReason.REPLACED),
                        new WorkerEffect.CloseChannel(1),
                        new WorkerEffect.Exit(ExitReason.REPLACED, "w1 has joined again"));
    }

    @Test
    void a_key_that_servers_go_on_refusing_ends_the_worker() {
        var script = new Script(Script.config(2));
        script.happens(new WorkerInput.Woken());

        List<WorkerEffect> effects = List.of();
        for (int tries = 0; tries < 100 && !effects.contains(new WorkerEffect.Exit(ExitReason.DENIED)); tries++) {
            effects = script.isDenied();
        }

        assertThat(effects).contains(new WorkerEffect.Exit(ExitReason.DENIED));
        assertThat(script.elapsed()).isGreaterThanOrEqualTo(WorkerTimes.DEFAULT.denial());
    }

    @Test
    void a_key_refused_by_a_server_that_lags_behind_is_good_once_another_takes_it() {
        var script = new Script(Script.config(2));
        script.happens(new WorkerInput.Woken());
        script.isDenied();
        script.channelOpens();
        script.answers(script.reply());

        script.passes(60_000);
        List<WorkerEffect> effects = script.isDenied();

        assertThat(effects).doesNotContain(new WorkerEffect.Exit(ExitReason.DENIED));
    }

    @Test
    void a_worker_told_to_stop_waits_for_nothing() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        List<WorkerEffect> effects = script.happens(new WorkerInput.StopAsked());

        assertThat(effects)
                .containsExactly(
                        new WorkerEffect.StopRun(id("j1", 1), StopReason.STOPPED),
                        new WorkerEffect.CloseChannel(1),
                        new WorkerEffect.Exit(ExitReason.STOPPED));
    }

    @Test
    void a_worker_that_is_over_does_nothing() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.happens(new WorkerInput.StopAsked());

        assertThat(script.ends(id("j1", 1), done())).isEmpty();
        assertThat(script.happens(new WorkerInput.Woken())).isEmpty();
    }
}

package io.muster.worker;

import static io.muster.worker.Script.claim;
import static io.muster.worker.Script.done;
import static io.muster.worker.Script.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.HeldRun;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import io.muster.wire.WireLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a worker exchanges and what it says then: rules 1 and 2 of `docs/exchange.md`.
class ExchangingTest {
    @Test
    void a_fresh_channel_carries_an_exchange_at_once() {
        Script script = new Script(Script.config(4));
        script.happens(new WorkerInput.Woken());

        script.channelOpens();

        assertThat(script.request())
                .isEqualTo(new ExchangeRequest(
                        "w1", 7, 1, 4, Map.of(), List.of("noop", "raw"), false, List.of(), List.of()));
    }

    @Test
    void an_idle_worker_exchanges_once_a_second() {
        Script script = Script.connected();

        assertThat(script.passes(999)).isEmpty();
        script.passes(1);

        assertThat(script.sent()).isTrue();
        assertThat(script.request().sequence()).isEqualTo(2);
    }

    @Test
    void an_answer_without_room_for_all_is_followed_by_an_exchange_at_once() {
        Script script = Script.connected();
        script.passes(1_000);
        var reply = script.claims(claim("j1", 1));

        script.answers(new ExchangeReply(
                reply.sequence(),
                reply.acknowledged(),
                reply.claims(),
                reply.drop(),
                reply.leaseMillis(),
                reply.leader(),
                reply.term(),
                reply.index(),
                true));
        script.passes(1);

        assertThat(script.sent()).isTrue();
        assertThat(script.request().sequence()).isEqualTo(3);
        assertThat(script.request().held()).containsExactly(new HeldRun(id("j1", 1)));
    }

    @Test
    void a_worker_that_cannot_read_an_answer_says_so_until_it_has_read_one() {
        Script script = Script.connected();
        script.passes(1_000);

        script.happens(new WorkerInput.AnswerUnread(script.opening().channel(), "an answer of a gigabyte"));
        script.passes(100);
        script.channelOpens();
        var told = script.request().unread();
        script.answers(script.reply());
        script.passes(1_000);

        assertThat(told).isEqualTo("an answer of a gigabyte");
        assertThat(script.request().unread()).isEmpty();
    }

    @Test
    void the_first_exchange_on_a_channel_is_small_and_the_rest_of_the_results_follows() {
        Script script = new Script(Script.config(64));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();
        var claims = IntStream.range(0, 32).mapToObj(i -> claim("j" + i, 1)).toArray(ClaimedRun[]::new);
        script.answers(script.claims(claims));
        script.passes(1_000);
        var large = new RunOutcome.Succeeded(Bytes.utf8("1".repeat(WireLimits.MAX_RESULT_BYTES)));
        for (int i = 0; i < 32; i++) {
            script.ends(id("j" + i, 1), large);
        }

        script.channelCloses();
        script.passes(100);
        script.channelOpens();
        int first = ExchangeCodec.encode(script.request()).size();
        int firstResults = script.request().results().size();
        script.answers(script.reply());
        script.passes(1);

        assertThat(first).isLessThan(WireLimits.MAX_FIRST_EXCHANGE_BYTES);
        assertThat(firstResults).isPositive();
        assertThat(script.request().results()).hasSize(32);
    }

    @Test
    void a_result_is_reported_at_once_when_nothing_else_runs() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));

        script.ends(id("j1", 1), done());

        assertThat(script.request().results()).containsExactly(new RunResult(id("j1", 1), done()));
        assertThat(script.request().held()).isEmpty();
    }

    @Test
    void a_result_waits_a_moment_for_that_of_a_run_beside_it() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1), claim("j2", 1)));

        script.ends(id("j1", 1), done());
        boolean sentForTheFirst = script.sent();
        script.ends(id("j2", 1), done());

        assertThat(sentForTheFirst).isFalse();
        assertThat(script.request().results()).hasSize(2);
    }

    @Test
    void a_result_does_not_wait_longer_than_that_moment() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1), claim("j2", 1)));

        script.ends(id("j1", 1), done());
        script.passes(1);

        assertThat(script.request().results()).containsExactly(new RunResult(id("j1", 1), done()));
        assertThat(script.request().held()).containsExactly(new HeldRun(id("j2", 1)));
    }

    @Test
    void what_gathers_while_an_exchange_is_unanswered_goes_with_the_next() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1), claim("j2", 1)));
        script.passes(1_000);

        script.ends(id("j1", 1), done());
        script.ends(id("j2", 1), done());
        boolean sentBeforeTheAnswer = script.sent();
        script.answers(script.reply());

        assertThat(sentBeforeTheAnswer).isFalse();
        assertThat(script.request().results()).hasSize(2);
    }

    @Test
    void every_run_in_hand_is_named_in_every_exchange() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1), claim("j2", 3)));

        script.passes(1_000);

        assertThat(script.request().held()).containsExactly(new HeldRun(id("j1", 1)), new HeldRun(id("j2", 3)));
    }

    @Test
    void a_result_is_repeated_until_it_is_acknowledged() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.ends(id("j1", 1), done());

        script.answers(script.reply());
        script.passes(1_000);
        List<RunResult> repeated = script.request().results();
        script.answers(script.acknowledges(id("j1", 1)));
        script.passes(1_000);

        assertThat(repeated).containsExactly(new RunResult(id("j1", 1), done()));
        assertThat(script.request().results()).isEmpty();
        assertThat(script.status().held()).isZero();
    }

    @Test
    void a_result_is_repeated_to_the_next_leader() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.ends(id("j1", 1), done());

        script.channelCloses();
        script.channelOpens();

        assertThat(script.opening().address()).isEqualTo(Script.B);
        assertThat(script.request().results()).containsExactly(new RunResult(id("j1", 1), done()));
    }

    @Test
    void a_checkpoint_is_said_until_an_exchange_that_carried_it_is_answered() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        Bytes checkpoint = Bytes.utf8("{\"at\":1}");

        script.happens(new WorkerInput.CheckpointMade(id("j1", 1), checkpoint));
        script.passes(1_000);
        List<HeldRun> first = script.request().held();
        script.channelCloses();
        script.channelOpens();
        List<HeldRun> second = script.request().held();
        script.answers(script.reply());
        script.passes(1_000);

        assertThat(first).containsExactly(new HeldRun(id("j1", 1), checkpoint));
        assertThat(second).containsExactly(new HeldRun(id("j1", 1), checkpoint));
        assertThat(script.request().held()).containsExactly(new HeldRun(id("j1", 1)));
    }

    @Test
    void a_checkpoint_made_after_the_request_is_not_taken_for_answered() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        script.happens(new WorkerInput.CheckpointMade(id("j1", 1), Bytes.utf8("1")));
        script.passes(1_000);

        script.happens(new WorkerInput.CheckpointMade(id("j1", 1), Bytes.utf8("2")));
        script.answers(script.reply());
        script.passes(1_000);

        assertThat(script.request().held()).containsExactly(new HeldRun(id("j1", 1), Bytes.utf8("2")));
    }

    @Test
    void a_checkpoint_made_last_goes_with_the_result() {
        Script script = Script.connected();
        script.answers(script.claims(claim("j1", 1)));
        RunOutcome failed = new RunOutcome.Failed("no luck", true);

        script.happens(
                new WorkerInput.CheckpointMade(id("j1", 1), Bytes.utf8("9")),
                new WorkerInput.RunEnded(id("j1", 1), failed));

        assertThat(script.request().results()).containsExactly(new RunResult(id("j1", 1), failed, Bytes.utf8("9")));
    }

    @Test
    void results_beyond_one_request_follow_in_the_next_and_stay_named_meanwhile() {
        Script script = new Script(Script.config(100));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();
        ClaimedRun[] claims = new ClaimedRun[100];
        WorkerInput[] ends = new WorkerInput[100];
        Bytes large = Bytes.utf8("\"" + "x".repeat(WireLimits.MAX_RESULT_BYTES - 2) + "\"");
        for (int i = 0; i < 100; i++) {
            claims[i] = claim("j" + i, 1);
            ends[i] = new WorkerInput.RunEnded(id("j" + i, 1), new RunOutcome.Succeeded(large));
        }
        script.answers(script.claims(claims));

        script.happens(ends);
        int first = script.request().results().size();
        int named = script.request().held().size();
        script.answers(script.acknowledges(
                script.request().results().stream().map(RunResult::id).toArray(AttemptId[]::new)));

        assertThat(first).isEqualTo(64);
        assertThat(named).isEqualTo(36);
        assertThat(script.sent()).isTrue();
        assertThat(script.request().results()).hasSize(36);
    }

    @Test
    void a_change_of_slots_is_said_at_once() {
        Script script = Script.connected();

        script.happens(new WorkerInput.SlotsChanged(1));

        assertThat(script.sent()).isTrue();
        assertThat(script.request().slots()).isEqualTo(1);
    }

    @Test
    void slots_beyond_what_a_request_can_say_are_refused_where_they_are_set() {
        assertThatThrownBy(() -> new WorkerInput.SlotsChanged(WireLimits.MAX_SLOTS + 1))
                .hasMessageContaining("choose 0 to " + WireLimits.MAX_SLOTS);
    }
}

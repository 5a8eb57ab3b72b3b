package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.log.Envelope;
import io.muster.values.ValueCommand;
import io.muster.values.ValueReply;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Seam: a client that never heard an answer asks again under the same key and is told what it would have been told.
final class IdempotencyTest {
    private static final long DAY = 24 * 3_600 * StateLog.SECOND;
    private static final long FLOOR = JobLimits.IDEMPOTENCY_FLOOR_MICROS;

    private final StateLog log = new StateLog();

    @Test
    void the_same_request_under_the_same_key_gets_the_first_answer_and_happens_once() {
        var first = log.apply(submit("ops", "key-1", "{}"));

        var again = log.apply(submit("ops", "key-1", "{}"));

        assertThat(again).isEqualTo(first);
        assertThat(jobs(log.state)).isEqualTo(1);
    }

    @Test
    void it_does_so_within_one_batch() {
        var replies = log.applyBatch(submit("ops", "key-1", "{}"), submit("ops", "key-1", "{}"));

        assertThat(replies.get(1)).isEqualTo(replies.get(0));
        assertThat(jobs(log.state)).isEqualTo(1);
    }

    @Test
    void it_does_so_after_a_restart_that_replays_the_log() {
        var first = log.apply(submit("ops", "key-1", "{}"));
        log.lead("node-2");

        var second = log.replayed();
        var answered = log.apply(submit("ops", "key-1", "{}"));
        var answeredAfterRestart = second.apply(log.batches.getLast()).getFirst();

        assertThat(answered).isEqualTo(first);
        assertThat(answeredAfterRestart).isEqualTo(first);
        assertThat(jobs(second)).isEqualTo(1);
    }

    @Test
    void another_request_under_the_same_key_is_a_conflict_and_does_nothing() {
        log.apply(submit("ops", "key-1", "{}"));

        var reply = log.apply(submit("ops", "key-1", "[1]"));

        assertThat(reply).isEqualTo(new JobReply.KeyConflict("key-1"));
        assertThat(jobs(log.state)).isEqualTo(1);
    }

    @Test
    void everybody_has_keys_of_their_own() {
        log.applyBatch(submit("ops", "key-1", "{}"), submit("dev", "key-1", "{}"));

        assertThat(jobs(log.state)).isEqualTo(2);
    }

    @Test
    void a_request_without_a_key_happens_each_time() {
        log.applyBatch(submit("ops", "", "{}"), submit("ops", "", "{}"));

        assertThat(jobs(log.state)).isEqualTo(2);
    }

    @Test
    void a_key_lives_for_a_day_of_log_time_whatever_clocks_say() {
        log.apply(submit("ops", "key-1", "{}"));
        log.pass(DAY - StateLog.SECOND);
        log.apply(submit("ops", "key-1", "{}"));
        long within = jobs(log.state);
        log.pass(2 * StateLog.SECOND);

        log.apply(submit("ops", "key-1", "{}"));

        assertThat(within).isEqualTo(1);
        assertThat(jobs(log.state)).isEqualTo(2);
    }

    @Test
    void a_caller_that_has_its_share_of_keys_gets_no_more_of_them() {
        fill("ops", Repetitions.MAX_KEYS_OF_ONE);

        var refused = log.apply(set("ops", "one more"));
        var ofOther = log.apply(set("dev", "key-2"));
        var again = log.apply(set("ops", "key-1"));

        assertThat(refused).isInstanceOfSatisfying(StateReply.KeysFull.class, full -> {
            assertThat(full.limit()).isEqualTo(Repetitions.MAX_KEYS_OF_ONE);
            assertThat(full.retryAfterMillis()).isBetween(FLOOR / 1_000 - 60_000, FLOOR / 1_000);
        });
        assertThat(ofOther).isInstanceOf(ValueReply.Stored.class);
        assertThat(again).isEqualTo(new ValueReply.Stored(1));
    }

    @Test
    void the_oldest_key_of_a_caller_gives_way_to_a_new_one_after_ten_minutes() {
        log.apply(set("dev", "key-1"));
        log.pass(FLOOR / 2);
        fill("ops", Repetitions.MAX_KEYS_OF_ONE);
        log.pass(FLOOR);

        var later = log.apply(set("ops", "one more"));
        var youngest = log.apply(set("ops", "key-" + Repetitions.MAX_KEYS_OF_ONE));
        var ofOtherAgain = log.apply(set("dev", "key-1"));

        assertThat(later).isInstanceOf(ValueReply.Stored.class);
        assertThat(youngest).isEqualTo(new ValueReply.Stored(Repetitions.MAX_KEYS_OF_ONE + 2));
        assertThat(ofOtherAgain).isEqualTo(new ValueReply.Stored(1));
    }

    /// Every write of a client carries a key: a caller must not run out of them within a day.
    @Test
    void a_caller_may_write_under_keys_all_day_long() {
        for (int i = 0; i < 4; i++) {
            fill("ops", Repetitions.MAX_KEYS_OF_ONE, i * Repetitions.MAX_KEYS_OF_ONE);
            log.pass(FLOOR);
        }

        assertThat(log.apply(set("ops", "one more"))).isInstanceOf(ValueReply.Stored.class);
    }

    @Test
    void a_table_full_of_keys_refuses_everybody_and_does_nothing() {
        for (int i = 0; i < Repetitions.MAX_KEYS / Repetitions.MAX_KEYS_OF_ONE; i++) {
            fill("ops-" + i, Repetitions.MAX_KEYS_OF_ONE);
        }

        var refused = log.apply(set("dev", "key of a newcomer"));
        var again = log.apply(set("ops-0", "key-1"));
        var withoutKey = log.apply(set("dev", ""));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        StateReply.KeysFull.class,
                        full -> assertThat(full.limit()).isEqualTo(Repetitions.MAX_KEYS));
        assertThat(log.state.values().values()).doesNotContainKey("key of a newcomer");
        assertThat(again).isEqualTo(new ValueReply.Stored(1));
        assertThat(withoutKey).isInstanceOf(ValueReply.Stored.class);
    }

    /// Uses up that many keys, a thousand in one batch.
    private void fill(String principal, int count) {
        fill(principal, count, 0);
    }

    private void fill(String principal, int count, int after) {
        for (int i = 0; i < count; i += 1_000) {
            int first = after + i + 1;
            log.applyBatch(IntStream.range(first, first + 1_000)
                    .mapToObj(number -> set(principal, "key-" + number))
                    .toArray(Envelope[]::new));
        }
    }

    /// A write under an idempotency key; it sets a value that is named after a key that must not be known.
    private static Envelope set(String principal, String key) {
        var name = key.startsWith("key-") || key.isEmpty() ? "x" : key;
        return StateLog.asked(StateLog.of(new ValueCommand.Set(name, Bytes.utf8("1"))), principal, key);
    }

    private static Envelope submit(String principal, String key, String payload) {
        var spec = JobSpec.of("noop", "default", Bytes.utf8(payload));
        return StateLog.asked(StateLog.of(new JobCommand.Submit(List.of(spec))), principal, key);
    }

    private static long jobs(ClusterState state) {
        return state.jobs().page(JobFilter.ALL, new JobId(0), 100).jobs().size();
    }
}

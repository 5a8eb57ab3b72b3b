package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.values.ValueCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seam: nodes compare a digest of their state every 10,000 entries, and the one that differs stops.
final class DigestCheckTest {
    private final StateLog log = new StateLog();

    @Test
    void there_is_nothing_to_compare_before_the_ten_thousandth_entry_and_the_last_interval_after_it() {
        log.tickUpTo(ClusterState.DIGEST_EVERY - 1);
        var before = log.state.lastComparable();
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long digestThere = log.state.digest();
        log.tickUpTo(ClusterState.DIGEST_EVERY + 500);

        assertThat(before).isEmpty();
        assertThat(log.state.lastComparable())
                .contains(new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, digestThere));
        log.tickUpTo(2 * ClusterState.DIGEST_EVERY);
        assertThat(log.state.lastComparable().orElseThrow().index()).isEqualTo(2 * ClusterState.DIGEST_EVERY);
    }

    @Test
    void an_equal_digest_lets_the_node_go_on() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);

        var reply = log.apply(StateLog.of(log.state.lastComparable().orElseThrow()));

        assertThat(reply).isEqualTo(new StateReply.Done());
    }

    @Test
    void another_digest_stops_the_node_and_names_the_entry_and_both_digests() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long mine = log.state.lastComparable().orElseThrow().digest();
        var theirs = new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, mine ^ 1);

        assertThatThrownBy(() -> log.apply(StateLog.of(theirs)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("at entry 10000")
                .hasMessageContaining(Long.toHexString(mine) + " here")
                .hasMessageContaining(Long.toHexString(mine ^ 1) + " there")
                .hasMessageContaining("do not start an empty one");
    }

    @Test
    void a_digest_that_differs_in_either_direction_stops_the_node() {
        for (long difference : new long[] {1, -1}) {
            var node = new StateLog();
            node.tickUpTo(ClusterState.DIGEST_EVERY);
            long theirs = node.state.digest() + difference;

            assertThatThrownBy(() ->
                            node.apply(StateLog.of(new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, theirs))))
                    .isInstanceOf(StateException.class);
        }
    }

    @Test
    void a_check_that_comes_some_intervals_late_still_counts_and_one_for_an_entry_between_them_says_nothing() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long first = log.state.digest();
        log.tickUpTo(3 * ClusterState.DIGEST_EVERY);

        var between = log.apply(StateLog.of(new ClusterCommand.CheckDigest(12_345, 0)));

        assertThat(between).isEqualTo(new StateReply.Done());
        assertThatThrownBy(() ->
                        log.apply(StateLog.of(new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, first ^ 1))))
                .isInstanceOf(StateException.class);
    }

    @Test
    void a_difference_in_any_ledger_is_a_difference_in_the_digest() {
        var submit = StateLog.of(new JobCommand.Submit(List.of(JobSpec.of("noop", "default", Bytes.EMPTY))));
        log.apply(submit);
        var inJobs = log.replayed();
        var inValues = log.replayed();
        var inAccess = log.replayed();
        var inAudits = log.replayed();
        long agreed = log.state.digest();
        assertThat(List.of(inJobs.digest(), inValues.digest(), inAccess.digest(), inAudits.digest()))
                .containsOnly(agreed);

        Tampering.withJobs(inJobs);
        Tampering.withValues(inValues);
        Tampering.withAccess(inAccess);
        Tampering.withAudits(inAudits);

        assertThat(List.of(inJobs.digest(), inValues.digest(), inAccess.digest(), inAudits.digest()))
                .doesNotContain(agreed)
                .doesNotHaveDuplicates();
    }

    @Test
    void another_value_and_another_order_of_the_same_commands_give_other_digests() {
        var one = StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1")));
        var two = StateLog.of(new ValueCommand.Set("x", Bytes.utf8("2")));
        var other = new StateLog();
        log.applyBatch(one, two);
        other.applyBatch(two, one);

        assertThat(log.state.digest()).isNotEqualTo(other.state.digest());
    }
}

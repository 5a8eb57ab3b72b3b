package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Seam: nodes compare a digest of their state every 10,000 entries, and those that differ from the majority stop.
final class DigestCheckTest {
    private final StateLog log = new StateLog();

    @Test
    void nodes_remember_their_digests_at_every_ten_thousandth_entry() {
        log.tickUpTo(ClusterState.DIGEST_EVERY - 1);
        boolean isEmptyBefore = log.state.comparable().isEmpty();
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long digestThere = log.state.digest();
        log.tickUpTo(2 * ClusterState.DIGEST_EVERY + 500);

        assertThat(isEmptyBefore).isTrue();
        assertThat(log.state.comparable()).containsEntry(ClusterState.DIGEST_EVERY, digestThere);
        assertThat(log.state.comparable()).containsOnlyKeys(ClusterState.DIGEST_EVERY, 2 * ClusterState.DIGEST_EVERY);
    }

    @Test
    void nodes_tell_each_other_their_last_digests() {
        log.tickUpTo(20 * ClusterState.DIGEST_EVERY);

        var told = StateDigests.parse(StateDigests.text(log.state.comparable()));

        assertThat(log.state.comparable()).hasSize(16).containsAllEntriesOf(told);
        assertThat(told).hasSize(StateDigests.TOLD).containsKey(20 * ClusterState.DIGEST_EVERY);
    }

    @Test
    void digests_that_cannot_be_read_count_as_none() {
        for (String text :
                List.of("", " ", "x", "1:", ":1", "1:g", "10000:1-", "10000:1 20000:g", "99999999999999999999:1")) {
            assertThat(StateDigests.parse(text)).isEmpty();
        }
    }

    @Test
    void an_equal_digest_lets_the_node_go_on() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long mine = log.state.digest();

        var reply = log.apply(check(3, mine, mine, mine ^ 1));

        assertThat(reply).isEqualTo(new StateReply.Done());
        assertThat(log.state.undecided()).isEmpty();
        assertThat(log.state.comparedIndex()).isEqualTo(ClusterState.DIGEST_EVERY);
    }

    @Test
    void a_leader_with_a_wrong_state_stops_itself_while_the_sound_ones_go_on() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long right = log.state.digest();
        var leader = new StateLog();
        leader.apply(StateLog.of(new ValueCommand.Set("x", Bytes.utf8("flipped"))));
        leader.tickUpTo(ClusterState.DIGEST_EVERY);
        long wrong = leader.state.digest();
        var check = check(3, wrong, right, right);

        log.apply(check);

        assertThat(log.state.appliedIndex()).isEqualTo(ClusterState.DIGEST_EVERY + 1);
        assertThatThrownBy(() -> leader.apply(check))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("majority at entry 10000")
                .hasMessageContaining(Long.toHexString(wrong) + " here")
                .hasMessageContaining(Long.toHexString(right) + " there")
                .hasMessageContaining("do not start an empty one");
    }

    @Test
    void who_has_not_told_its_digest_is_held_to_the_majority_too() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        for (long difference : new long[] {1, -1}) {
            var node = new StateLog();
            node.tickUpTo(ClusterState.DIGEST_EVERY);
            long theirs = node.state.digest() + difference;

            assertThatThrownBy(() -> node.apply(check(3, theirs, theirs))).isInstanceOf(StateException.class);
        }
    }

    @Test
    void without_a_majority_nobody_stops_and_an_alarm_is_raised_until_there_is_one() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long mine = log.state.digest();
        log.apply(check(5, mine, mine, mine ^ 1, mine ^ 1, mine ^ 2));
        var alarm = log.state.undecided();
        log.apply(check(4, mine ^ 1, mine ^ 1));
        var ofHalf = log.state.undecided();

        log.apply(check(3, mine, mine));

        assertThat(alarm.orElseThrow())
                .contains("at entry 10000", "of the 5 voters", "node-0 had " + Long.toHexString(mine))
                .contains("node-4 had " + Long.toHexString(mine ^ 2));
        assertThat(ofHalf).isPresent();
        assertThat(log.state.undecided()).isEmpty();
    }

    @Test
    void a_check_of_an_entry_without_a_digest_compares_nothing() {
        log.tickUpTo(3 * ClusterState.DIGEST_EVERY);

        var between = log.apply(StateLog.of(
                new ClusterCommand.CheckDigest(12_345, 1, new TreeMap<>(Map.of(new NodeId("node-0"), 0L)))));

        assertThat(between).isEqualTo(new StateReply.Done());
    }

    @Test
    void a_check_that_comes_late_still_counts() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long first = log.state.digest();
        log.tickUpTo(3 * ClusterState.DIGEST_EVERY);

        assertThatThrownBy(() -> log.apply(check(3, first ^ 1, first ^ 1))).isInstanceOf(StateException.class);
    }

    @Test
    void a_voter_alone_that_differs_from_its_earlier_life_goes_on_and_says_so() {
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long mine = log.state.digest();

        log.apply(check(1, mine ^ 1));

        assertThat(log.state.undecided().orElseThrow())
                .contains("at entry 10000 is another than in an earlier life")
                .contains("node-0 had " + Long.toHexString(mine ^ 1));
    }

    @Test
    void a_stopped_node_goes_on_once_it_was_started_again() {
        var broken = new StateLog();
        broken.apply(StateLog.of(new ClusterCommand.Tick()));
        Tampering.withValues(broken.state);
        broken.tickUpTo(ClusterState.DIGEST_EVERY);
        log.apply(StateLog.of(new ClusterCommand.Tick()));
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        long right = log.state.digest();
        var check = check(3, broken.state.digest(), right, right);

        assertThatThrownBy(() -> broken.apply(check)).isInstanceOf(StateException.class);
        var again = broken.replayed();

        assertThat(again.appliedIndex()).isEqualTo(ClusterState.DIGEST_EVERY + 1);
        assertThat(again.comparedIndex()).isEqualTo(ClusterState.DIGEST_EVERY);
    }

    @Test
    void an_alarm_is_that_of_the_newest_comparison() {
        log.tickUpTo(2 * ClusterState.DIGEST_EVERY);
        long newest = log.state.digest();
        log.apply(checkAt(2 * ClusterState.DIGEST_EVERY, 3, newest, newest));

        log.apply(check(3, 1, 2, 3));

        assertThat(log.state.undecided()).isEmpty();
        assertThat(log.state.comparedIndex()).isEqualTo(2 * ClusterState.DIGEST_EVERY);
    }

    /// Of the first index that is compared; the voters are node-0, node-1 and so on.
    private static Envelope check(int voters, long... digests) {
        return checkAt(ClusterState.DIGEST_EVERY, voters, digests);
    }

    private static Envelope checkAt(long index, int voters, long... digests) {
        var told = new TreeMap<NodeId, Long>();
        for (int i = 0; i < digests.length; i++) {
            told.put(new NodeId("node-" + i), digests[i]);
        }
        return StateLog.of(new ClusterCommand.CheckDigest(index, voters, told));
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
    void another_order_of_the_same_commands_gives_another_digest() {
        var one = StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1")));
        var two = StateLog.of(new ValueCommand.Set("x", Bytes.utf8("2")));
        var other = new StateLog();
        log.applyBatch(one, two);
        other.applyBatch(two, one);

        assertThat(log.state.digest()).isNotEqualTo(other.state.digest());
    }
}

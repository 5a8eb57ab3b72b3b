package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.DiagnosisFinding;
import io.muster.client.NodeReport;
import io.muster.client.SilentNode;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.Standing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Situations of three nodes, and what is said of each.
final class DiagnosisTest {
    private static final SilentNode GONE_2 = new SilentNode("node-2", "refused", "no process listens there");
    private static final SilentNode FROZEN_3 = new SilentNode("node-3", "timed-out", "it did not answer in time");

    @Test
    void nothing_is_found_when_all_is_well() {
        var one = new Situation("node-1").leads();
        var two = new Situation("node-2").follows("node-1");
        var three = new Situation("node-3").follows("node-1");

        assertThat(find(one, two, three)).isEmpty();
    }

    @Test
    void two_of_three_gone_are_named_with_the_majority_that_is_missing() {
        var one = new Situation("node-1").hearsNot("node-2").hearsNot("node-3");

        var found = only(Diagnosis.of(new Testimony(List.of(one.report()), List.of(GONE_2, FROZEN_3))));

        assertThat(found.kind()).isEqualTo("no-majority");
        assertThat(found.nodes()).containsExactly("node-2", "node-3");
        assertThat(found.what())
                .startsWith("1 of 3 voters can be reached, and it takes a majority of 2 to elect a leader")
                .contains("node-2 is gone: no process listens there")
                .contains("node-3 is gone: it did not answer in time");
        assertThat(found.advice()).startsWith("start 1 of them again");
    }

    @Test
    void a_learner_makes_no_majority() {
        var one = new Situation("node-1")
                .knowsVoters("node-1", "node-2", "node-3")
                .hearsNot("node-2")
                .hearsNot("node-3");
        var learner = new Situation("node-4")
                .knowsVoters("node-1", "node-2", "node-3")
                .hearsNot("node-2")
                .hearsNot("node-3");

        var found = Diagnosis.of(new Testimony(List.of(one.report(), learner.report()), List.of(GONE_2, FROZEN_3)));

        assertThat(found.getFirst().what())
                .startsWith("1 of 3 voters can be reached, and it takes a majority of 2 to elect a leader");
    }

    @Test
    void the_node_whose_log_reaches_furthest_knows_who_votes() {
        var behind = new Situation("node-1").log(5, 6).knowsVoters("node-1", "node-2", "node-3");
        var ahead = new Situation("node-2").log(9, 6).knowsVoters("node-2", "node-3");

        var said = new Testimony(List.of(behind.report(), ahead.report()), List.of());

        assertThat(said.voters()).isEqualTo(2);
    }

    @Test
    void one_of_three_gone_beside_a_leader_is_told_and_no_more() {
        var one = new Situation("node-1").leads().hearsNot("node-2");
        var three = new Situation("node-3").follows("node-1").hearsNot("node-2");

        var found = only(Diagnosis.of(new Testimony(List.of(one.report(), three.report()), List.of(GONE_2))));

        assertThat(found.kind()).isEqualTo("node-gone");
        assertThat(found.nodes()).containsExactly("node-2");
    }

    @Test
    void a_node_that_others_hear_is_not_gone_when_its_api_is_silent() {
        var one = new Situation("node-1").leads();
        var three = new Situation("node-3").follows("node-1");

        var found = only(Diagnosis.of(new Testimony(List.of(one.report(), three.report()), List.of(GONE_2))));

        assertThat(found.kind()).isEqualTo("api-silent");
    }

    @Test
    void parts_that_see_only_themselves_are_a_partition() {
        var one = new Situation("node-1").hearsNot("node-2").hearsNot("node-3");
        var two = new Situation("node-2").hearsNot("node-1").hearsNot("node-3");
        var three = new Situation("node-3").hearsNot("node-1").hearsNot("node-2");

        var found = find(one, two, three).getFirst();

        assertThat(found.kind()).isEqualTo("partition");
        assertThat(found.what())
                .contains("node-1 and node-3 do not reach each other")
                .contains("the largest part that hears each other has 1 of 3 voters, and a majority is 2");
    }

    @Test
    void a_cut_in_one_direction_is_told_with_its_direction() {
        var one = new Situation("node-1");
        var two = new Situation("node-2").hearsNot("node-1");
        var three = new Situation("node-3");

        var found = find(one, two, three).getFirst();

        assertThat(found.kind()).isEqualTo("one-way-cut");
        assertThat(found.what()).startsWith("node-1 hears node-2, and node-2 does not hear node-1");
        assertThat(found.advice()).contains("from node-1 to the node port of node-2");
    }

    @Test
    void a_candidate_whose_log_is_behind_never_wins() {
        var one = new Situation("node-1").log(9, 2);
        var two = new Situation("node-2").asks().log(12, 1);
        var three = new Situation("node-3").log(9, 2);

        var found = only(find(one, two, three));

        assertThat(found.kind()).isEqualTo("log-behind");
        assertThat(found.nodes()).containsExactly("node-2");
        assertThat(found.what())
                .contains("ends at entry 12 of term 1")
                .contains("that of node-1 and node-3 goes further");
    }

    @Test
    void a_candidate_that_a_majority_would_vote_for_is_not_behind() {
        var one = new Situation("node-1").log(9, 2);
        var two = new Situation("node-2").asks().log(8, 2);
        var three = new Situation("node-3").log(8, 2);

        assertThat(only(find(one, two, three)).kind()).isEqualTo("election");
    }

    @Test
    void split_votes_are_told_with_who_voted_for_whom() {
        var one = new Situation("node-1").asks().votedFor("node-1");
        var two = new Situation("node-2").asks().votedFor("node-2");
        var three = new Situation("node-3").asks().votedFor("node-3");

        var found = only(find(one, two, three));

        assertThat(found.kind()).isEqualTo("split-vote");
        assertThat(found.what())
                .isEqualTo("the votes of term 7 are split: node-1 has that of node-1, node-2 has that of node-2, "
                        + "node-3 has that of node-3");
    }

    @Test
    void a_disk_that_answers_no_write_is_told_as_stalled() {
        var one = new Situation("node-1").stands(Standing.DISK_STALLED).disk(0, 3_200_000);

        var found = only(find(one, new Situation("node-2"), new Situation("node-3")));

        assertThat(found.kind()).isEqualTo("disk-stalled");
        assertThat(found.what()).contains("node-1").contains("3.2 s");
    }

    @Test
    void a_slow_disk_is_told_beside_a_leader_too() {
        var one = new Situation("node-1").leads();
        var two = new Situation("node-2").follows("node-1").disk(450_000, 0);

        var found = only(find(one, two, new Situation("node-3").follows("node-1")));

        assertThat(found.kind()).isEqualTo("disk-slow");
        assertThat(found.what()).isEqualTo("the disk of node-2 took 0.5 s for a write");
    }

    @Test
    void a_clock_that_most_others_find_wrong_is_off() {
        var one = new Situation("node-1").leads().skew("node-3", 5_000);
        var two = new Situation("node-2").follows("node-1").skew("node-3", 5_000);
        var three =
                new Situation("node-3").follows("node-1").skew("node-1", -5_000).skew("node-2", -5_000);

        var found = only(find(one, two, three));

        assertThat(found.kind()).isEqualTo("clock-off");
        assertThat(found.nodes()).containsExactly("node-3");
    }

    @Test
    void two_clocks_that_differ_are_both_named() {
        var one = new Situation("node-1").leads().skew("node-2", 5_000).hearsNot("node-3");
        var two =
                new Situation("node-2").follows("node-1").skew("node-1", -5_000).hearsNot("node-3");

        var found = Diagnosis.of(new Testimony(List.of(one.report(), two.report()), List.of(FROZEN_3)));

        assertThat(found.getFirst().what()).isEqualTo("the clocks of node-1 and node-2 differ");
    }

    @ParameterizedTest
    @EnumSource(
            value = LinkState.class,
            names = {"WRONG_CLUSTER", "WRONG_SECRET", "WRONG_IDENTITY", "REFUSES_THIS_NODE"})
    void a_node_that_does_not_belong_is_told_once_with_the_reason(LinkState state) {
        var one = new Situation("node-1").leads().link("node-3", state, "it is another");
        var two = new Situation("node-2").follows("node-1").link("node-3", state, "it is another");

        var found = Diagnosis.of(new Testimony(List.of(one.report(), two.report()), List.of()));

        assertThat(only(found).what()).isEqualTo("node-1 and node-3 do not talk: it is another");
    }

    @Test
    void an_emptied_voter_is_told_with_the_command_that_brings_it_back() {
        var one = new Situation("node-1").leads().link("node-3", LinkState.WRONG_IDENTITY, "its folder was emptied");
        var two = new Situation("node-2").follows("node-1");

        var found = find(one, two).getFirst();

        assertThat(found.kind()).isEqualTo("wrong-identity");
        assertThat(found.advice()).contains("muster rebuild --id node-3");
    }

    @Test
    void a_node_that_waits_for_founders_says_for_whom() {
        var one = new Situation("node-1")
                .stands(Standing.FOUNDING)
                .notReady("waiting for node-2 to found the cluster")
                .hearsNot("node-2");

        var found = only(Diagnosis.of(new Testimony(List.of(one.report()), List.of(GONE_2))));

        assertThat(found.kind()).isEqualTo("founding");
        assertThat(found.what()).isEqualTo("node-1 has no log yet: waiting for node-2 to found the cluster");
    }

    @Test
    void a_full_log_is_told_with_its_reason() {
        var one = new Situation("node-1").leads().full("the log has 900 MiB");

        var found =
                only(find(one, new Situation("node-2").follows("node-1"), new Situation("node-3").follows("node-1")));

        assertThat(found.kind()).isEqualTo("no-room");
        assertThat(found.what()).isEqualTo("node-1 takes nothing new: the log has 900 MiB");
    }

    @Test
    void a_state_machine_that_hangs_is_told_with_the_entry_it_hangs_at() {
        var one = new Situation("node-1").stands(Standing.APPLY_STALLED);

        var found = only(find(one, new Situation("node-2"), new Situation("node-3")));

        assertThat(found.kind()).isEqualTo("state-machine-hung");
        assertThat(found.what()).contains("hangs at entry 7 of 8");
    }

    @Test
    void an_engine_that_stands_still_is_told() {
        var one = new Situation("node-1").aged(60_000);

        assertThat(find(one, new Situation("node-2"), new Situation("node-3"))
                        .getFirst()
                        .kind())
                .isEqualTo("engine-hung");
    }

    @Test
    void a_lease_that_is_not_over_yet_is_normal() {
        var two = new Situation("node-2").stands(Standing.WITHIN_LEASE);

        var found = only(find(new Situation("node-1"), two, new Situation("node-3")));

        assertThat(found.kind()).isEqualTo("election");
        assertThat(found.what()).contains("before its lease must be over");
        assertThat(found.advice()).contains("this is normal");
    }

    @Test
    void what_costs_the_leader_comes_before_what_may() {
        var one = new Situation("node-1").hearsNot("node-2").hearsNot("node-3").disk(450_000, 0);

        var found = Diagnosis.of(new Testimony(List.of(one.report()), List.of(GONE_2, FROZEN_3)));

        assertThat(found.stream().map(DiagnosisFinding::kind)).containsExactly("no-majority", "disk-slow");
    }

    private static List<DiagnosisFinding> find(Situation... nodes) {
        var reports = new ArrayList<NodeReport>();
        for (Situation node : nodes) {
            reports.add(node.report());
        }
        return Diagnosis.of(new Testimony(reports, List.of()));
    }

    private static DiagnosisFinding only(List<DiagnosisFinding> found) {
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}

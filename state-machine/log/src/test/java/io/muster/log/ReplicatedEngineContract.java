package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineCluster.Member;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an engine of at least three nodes promises beyond [EngineContract]: it does without any minority of them, and
/// with a minority alone it does nothing.
public interface ReplicatedEngineContract extends EngineContract {
    @Test
    default void a_node_that_does_not_lead_names_the_one_that_does_and_appends_nothing() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            Member follower = cluster.followersOf(leader).getFirst();
            follower.applier().awaitLeadership(seen -> seen.leader().isPresent());

            var outcome = follower.propose(TestProposal.of("to a follower")).await();

            assertThat(outcome).isInstanceOf(Outcome.NotLeader.class);
            long after = cluster.write("after").index();
            follower.applier().awaitApplied(after);
            assertThat(follower.applier().entries())
                    .extracting(RecordingApplier.Entry::command)
                    .doesNotContain("to a follower");
        }
    }

    @Test
    default void a_leader_that_goes_is_replaced_and_nothing_acknowledged_is_lost() {
        try (var cluster = cluster().startAll()) {
            var before = cluster.writeMany("before", 10);
            Member old = cluster.awaitLeader();
            long oldTerm = old.engine().leadership().term();

            cluster.stop(old.id());
            var after = cluster.writeMany("after", 10);

            assertThat(after.getFirst().term()).isGreaterThan(oldTerm);
            for (Member member : cluster.members()) {
                member.applier().awaitApplied(after.getLast().index());
                assertThat(member.applier().entries())
                        .containsSubsequence(before)
                        .containsSubsequence(after);
            }
        }
    }

    @Test
    default void leadership_passes_to_the_one_that_is_named() {
        try (var cluster = cluster().startAll()) {
            var before = cluster.write("before");
            Member old = cluster.awaitLeader();
            Member next = cluster.followersOf(old).getLast();

            var answer = old.transfer(new Successor.Named(next.id()));

            assertThat(answer).isInstanceOf(TransferAnswer.Done.class);
            next.applier().awaitLeadership(Leadership::isMine);
            var after = cluster.write("after");
            assertThat(after.term()).isGreaterThan(before.term());
            for (Member member : cluster.members()) {
                member.applier().awaitApplied(after.index());
                assertThat(member.applier().entries()).containsSubsequence(before, after);
            }
        }
    }

    @Test
    default void nobody_who_proposes_while_leadership_passes_is_left_not_knowing() {
        try (var cluster = cluster().startAll()) {
            Member old = cluster.awaitLeader();
            var commands = new ArrayList<TestProposal>();
            for (int i = 0; i < 500; i++) {
                commands.add(old.propose(TestProposal.of("command-" + i)));
            }

            old.transfer(Successor.ANYONE);
            commands.add(old.propose(TestProposal.of("after")));

            assertThat(commands).allSatisfy(command -> {
                assertThat(command.await()).isNotInstanceOf(Outcome.Unknown.class);
                assertThat(command.answers()).isEqualTo(1);
            });
        }
    }

    @Test
    default void a_node_that_does_not_lead_refuses_to_hand_over() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            Member follower = cluster.followersOf(leader).getFirst();

            assertThat(follower.transfer(Successor.ANYONE)).isInstanceOf(TransferAnswer.Refused.class);
        }
    }

    @Test
    default void what_a_node_announces_its_peers_see_also_one_that_starts_later() {
        try (var cluster = cluster().startAll()) {
            Member announcer = cluster.members().getFirst();
            Member late = cluster.members().getLast();
            cluster.stop(late.id());

            announcer.engine().announce(Map.of("key", "first"));
            announcer.engine().announce(Map.of("key", "second"));

            cluster.start(late.id());
            for (Member other : cluster.followersOf(announcer)) {
                other.awaitAttributes(announcer.id(), Map.of("key", "second"));
            }
        }
    }

    @Test
    default void a_node_that_was_away_catches_up() {
        try (var cluster = cluster().startAll()) {
            Member away = cluster.followersOf(cluster.awaitLeader()).getFirst();
            cluster.stop(away.id());
            var written = cluster.writeMany("meanwhile", 30);

            Member back = cluster.start(away.id());
            back.applier().awaitApplied(written.getLast().index());

            assertThat(back.applier().entries()).containsSubsequence(written);
        }
    }

    @Test
    default void without_a_majority_proposals_end_as_unknown_and_the_leader_steps_down() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            cluster.followersOf(leader).forEach(follower -> cluster.stop(follower.id()));

            var outcome = leader.propose(TestProposal.of("nobody hears this")).await();

            assertThat(outcome).isInstanceOfAny(Outcome.Unknown.class, Outcome.NotLeader.class);
            leader.applier().awaitLeadership(seen -> !seen.isMine());
            assertThat(leader.engine().leadership().isMine()).isFalse();
            assertThat(leader.propose(TestProposal.of("nor this")).await()).isInstanceOf(Outcome.NotLeader.class);
            assertThat(leader.barrier()).isInstanceOf(Engine.Barrier.Unavailable.class);
        }
    }
}

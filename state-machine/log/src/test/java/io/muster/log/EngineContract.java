package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch.Content;
import io.muster.log.EngineCluster.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every engine promises, in a cluster of any size. An engine's tests implement this for each kind
/// of cluster it can form, and beside it the contract of each guarantee that it declares:
/// [ReplicatedEngineContract] where several nodes take part, [LinearizableReadsContract],
/// [StableLineageContract]. Nothing here knows which engine it is.
///
/// Nothing here sleeps or measures time: every step waits for what it needs to have happened.
@Timeout(180)
public interface EngineContract {
    /// A cluster that does not run yet. Every call begins a new one; it is closed by the test.
    EngineCluster cluster();

    /// What the engine under test declares.
    Guarantees guarantees();

    @Test
    default void the_engine_declares_what_it_is_tested_for() {
        try (var cluster = cluster().startAll()) {
            for (Member member : cluster.members()) {
                assertThat(member.engine().guarantees()).isEqualTo(guarantees());
            }
        }
    }

    @Test
    default void the_engine_is_tested_for_what_it_declares() {
        try (var cluster = cluster()) {
            assertThat(this instanceof ReplicatedEngineContract).isEqualTo(cluster.size() > 1);
        }
        assertThat(this instanceof LinearizableReadsContract)
                .isEqualTo(guarantees().reads() == Guarantees.ReadConsistency.LINEARIZABLE);
        assertThat(this instanceof StableLineageContract)
                .isEqualTo(guarantees().lineage() == Guarantees.LineageChange.NEVER);
    }

    @Test
    default void the_gauges_are_named_once_each_as_metrics_are() {
        try (var cluster = cluster().startAll()) {
            Engine engine = cluster.awaitLeader().engine();

            var names = engine.gauges().stream().map(EngineGauge::name).toList();

            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+([.][a-z]+)*"));
            assertThat(engine.gauges())
                    .allSatisfy(gauge -> assertThat(gauge.value().getAsDouble()).isNotNaN());
        }
    }

    @Test
    default void acknowledged_commands_are_applied_once_and_in_the_same_order_everywhere() {
        try (var cluster = cluster().startAll()) {
            var written = cluster.writeMany("command", 50);

            long last = written.getLast().index();
            for (Member member : cluster.members()) {
                member.applier().awaitApplied(last);
                assertThat(member.applier().entries()).containsSubsequence(written);
                assertThat(member.applier().entries()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    default void commands_proposed_together_keep_their_order() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            var commands = new ArrayList<TestProposal>();
            for (int i = 0; i < 500; i++) {
                commands.add(leader.propose(TestProposal.of("command-" + i)));
            }

            var indexes = new ArrayList<Long>();
            for (TestProposal command : commands) {
                if (command.await() instanceof Outcome.Applied(long index, Reply _)) {
                    indexes.add(index);
                }
            }

            assertThat(indexes).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    default void batches_come_without_a_gap_from_the_first_entry_on() {
        try (var cluster = cluster().startAll()) {
            long last = cluster.writeMany("command", 20).getLast().index();

            for (Member member : cluster.members()) {
                member.applier().awaitApplied(last);
                long next = 1;
                for (CommittedBatch batch : member.applier().batches()) {
                    assertThat(batch.firstIndex()).isEqualTo(next);
                    next = batch.lastIndex() + 1;
                }
            }
        }
    }

    @Test
    default void every_term_begins_with_a_batch_that_names_its_leader() {
        try (var cluster = cluster().startAll()) {
            var written = cluster.write("command");
            Member any = cluster.members().getFirst();
            any.applier().awaitApplied(written.index());

            var leaders = any.applier().batches().stream()
                    .filter(batch -> batch.term() == written.term() && batch.content() instanceof Content.TermStart)
                    .toList();

            assertThat(leaders).hasSize(1);
            assertThat(leaders.getFirst().firstIndex()).isLessThan(written.index());
        }
    }

    @Test
    default void a_command_bound_to_another_term_is_not_appended() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            long term = leader.engine().leadership().term();

            var outcome =
                    leader.propose(TestProposal.inTerm(term + 7, "too early")).await();

            assertThat(outcome).isInstanceOf(Outcome.NotLeader.class);
        }
    }

    @Test
    default void a_command_bound_to_the_current_term_is_appended_in_it() {
        try (var cluster = cluster().startAll()) {
            Outcome outcome;
            TestProposal command;
            do {
                Member leader = cluster.awaitLeader();
                command = TestProposal.inTerm(leader.engine().leadership().term(), "in time");
                outcome = leader.propose(command).await();
            } while (!(outcome instanceof Outcome.Applied));

            long index = ((Outcome.Applied) outcome).index();
            Member any = cluster.members().getFirst();
            any.applier().awaitApplied(index);
            assertThat(any.applier().entries())
                    .filteredOn(entry -> entry.index() == index)
                    .extracting(RecordingApplier.Entry::term)
                    .containsExactly(command.term());
        }
    }

    @Test
    default void log_time_never_goes_back_not_even_over_a_change_of_leader() {
        try (var cluster = cluster().startAll()) {
            cluster.writeMany("before", 10);
            Member leader = cluster.awaitLeader();
            cluster.stop(leader.id());
            cluster.start(leader.id());
            long last = cluster.writeMany("after", 10).getLast().index();

            for (Member member : cluster.members()) {
                member.applier().awaitApplied(last);
                assertThat(member.applier().entries())
                        .extracting(RecordingApplier.Entry::micros)
                        .isSorted();
            }
        }
    }

    @Test
    default void closing_answers_every_proposal_exactly_once() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            var commands = new ArrayList<TestProposal>();
            for (int i = 0; i < 2_000; i++) {
                commands.add(leader.propose(TestProposal.of("command-" + i)));
            }

            cluster.stop(leader.id());

            for (TestProposal command : commands) {
                assertThat(command.await()).isNotInstanceOf(Outcome.Overloaded.class);
                assertThat(command.answers()).isEqualTo(1);
            }
            assertThat(leader.propose(TestProposal.of("too late")).await()).isInstanceOf(Outcome.NotLeader.class);
        }
    }

    @Test
    default void a_leader_that_is_to_lead_answers_that_it_does() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();

            var answer = leader.transfer(new Successor.Named(leader.id()));

            assertThat(answer).isInstanceOf(TransferAnswer.Done.class);
            assertThat(((TransferAnswer.Done) answer).leader()).isEqualTo(leader.id());
        }
    }

    @Test
    default void leadership_is_not_handed_to_one_that_takes_no_part() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();

            var answer = leader.transfer(new Successor.Named(new NodeId("stranger")));

            assertThat(answer).isInstanceOf(TransferAnswer.Refused.class);
            cluster.write("still here");
        }
    }

    @Test
    default void a_closed_engine_answers_who_wants_it_to_hand_over() {
        try (var cluster = cluster().startAll()) {
            Member any = cluster.members().getFirst();

            any.engine().close();

            assertThat(any.transfer(Successor.ANYONE)).isInstanceOf(TransferAnswer.Refused.class);
        }
    }

    @Test
    default void a_change_of_one_that_takes_no_part_is_refused_as_such() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            var stranger = new NodeId("stranger");

            var answer = leader.change(new MemberChange.Remove(stranger));

            assertThat(answer).isInstanceOf(MemberAnswer.Refused.class);
            cluster.write("still here");
        }
    }

    @Test
    default void a_closed_engine_answers_who_wants_other_members() {
        try (var cluster = cluster().startAll()) {
            Member any = cluster.members().getFirst();

            any.engine().close();

            assertThat(any.change(new MemberChange.Remove(any.id()))).isInstanceOf(MemberAnswer.Refused.class);
        }
    }

    @Test
    default void closing_twice_is_safe() {
        try (var cluster = cluster().startAll()) {
            Member any = cluster.members().getFirst();

            any.engine().close();
            any.engine().close();

            assertThat(any.engine().leadership().isMine()).isFalse();
        }
    }

    @Test
    default void more_than_the_engine_can_queue_is_answered_as_overload() {
        var envelope = Bytes.wrap(new Envelope(1, 1, "", "", "", Bytes.wrap(new byte[1 << 20])).encode());
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();
            var isOverloaded = new AtomicBoolean();
            for (int i = 0; i < 2_000 && !isOverloaded.get(); i++) {
                leader.engine().propose(new Flood(envelope, isOverloaded));
            }

            assertThat(isOverloaded).isTrue();
        }
    }

    /// A large command of which only one thing is of interest.
    record Flood(Bytes bytes, AtomicBoolean isOverloaded) implements Proposal {
        @Override
        public long term() {
            return 0;
        }

        @Override
        public byte[] envelope() {
            return bytes.array();
        }

        @Override
        public void completed(Outcome outcome) {
            if (outcome instanceof Outcome.Overloaded(int retryMillis) && retryMillis > 0) {
                isOverloaded.set(true);
            }
        }
    }

    @Test
    default void a_command_over_the_size_limit_is_the_callers_error() {
        try (var cluster = cluster().startAll()) {
            Member leader = cluster.awaitLeader();

            var command = TestProposal.ofEnvelope(new byte[Entries.MAX_ENTRY_BYTES + 1]);

            assertThatThrownBy(() -> leader.engine().propose(command))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("over the limit");
        }
    }

    @Test
    default void the_largest_command_allowed_goes_through() {
        try (var cluster = cluster().startAll()) {
            String text = "x".repeat(Envelope.MAX_BODY_BYTES);

            var written = cluster.write(text);

            for (Member member : cluster.members()) {
                member.applier().awaitApplied(written.index());
                assertThat(member.applier().entries()).contains(written);
            }
        }
    }

    @Test
    default void everything_acknowledged_survives_a_restart_of_all_nodes() {
        try (var cluster = cluster().startAll()) {
            var written = cluster.writeMany("command", 20);
            List<NodeId> nodes = cluster.members().stream().map(Member::id).toList();

            nodes.forEach(cluster::stop);
            cluster.startAll();
            long after = cluster.write("after the restart").index();

            for (Member member : cluster.members()) {
                member.applier().awaitApplied(after);
                assertThat(member.applier().entries()).containsSubsequence(written);
            }
        }
    }

    @Test
    default void no_two_nodes_ever_lead_in_one_term() {
        try (var cluster = cluster().startAll()) {
            var leaders = new HashSet<String>();
            for (int round = 0; round < 3; round++) {
                cluster.write("command-" + round);
                Member leader = cluster.awaitLeader();
                cluster.stop(leader.id());
                cluster.start(leader.id());
            }
            long last = cluster.write("last").index();

            for (Member member : cluster.members()) {
                member.applier().awaitApplied(last);
                for (CommittedBatch batch : member.applier().batches()) {
                    if (batch.content() instanceof Content.TermStart(NodeId leader)) {
                        leaders.add(batch.term() + " " + leader);
                    }
                }
            }

            assertThat(leaders.stream().map(line -> line.substring(0, line.indexOf(' '))))
                    .doesNotHaveDuplicates();
        }
    }
}

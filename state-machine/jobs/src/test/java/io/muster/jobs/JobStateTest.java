package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.InvariantViolation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of states.
final class JobStateTest {
    private static final List<JobState.Kind> KINDS = List.of(JobState.Kind.values());

    @Test
    void every_state_has_one_row() {
        assertThat(KINDS).extracting(kind -> kind.type).doesNotHaveDuplicates();
        assertThat(KINDS)
                .extracting(kind -> (Object) kind.type)
                .containsAll(records(JobState.class).toList());
    }

    @Test
    void no_two_states_share_a_number() {
        assertThat(KINDS).extracting(kind -> kind.storedNumber).doesNotHaveDuplicates();
        assertThat(KINDS).extracting(kind -> kind.digestNumber).doesNotHaveDuplicates();
        assertThat(KINDS)
                .filteredOn(JobState.Kind::isInLedger)
                .extracting(kind -> kind.filterNumber)
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    @Test
    void a_state_outside_the_ledger_leads_nowhere() {
        assertThat(KINDS)
                .filteredOn(kind -> !kind.isInLedger())
                .allMatch(kind -> KINDS.stream().noneMatch(kind::leadsTo));
    }

    @Test
    void a_state_of_the_ledger_leads_somewhere() {
        assertThat(KINDS)
                .filteredOn(JobState.Kind::isInLedger)
                .allMatch(kind -> KINDS.stream().anyMatch(kind::leadsTo));
    }

    @Test
    void a_move_without_an_arrow_is_a_broken_invariant() {
        var indexes = new JobIndexes();
        var lane = indexes.lanes.join(LaneKey.of(Cluster.noop()));
        var job = new Job(JobId.of(1, 0), lane, Cluster.noop(), 0, Job.Facts.initial(new JobState.Queued(0)));
        var transitions = new Transitions(indexes, _ -> {});
        transitions.admit(job);

        assertThatThrownBy(() ->
                        transitions.move(job, new JobState.Scheduled(1, JobState.Delay.RETRY), JobEvent.Cause.FAILED))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("from QUEUED to SCHEDULED");
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(JobStateTest::records);
    }
}

package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Act;
import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.values.ValueCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seam: a state that goes on as another history.
final class NewLineageTest {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final LogTime TIME = new LogTime(1_800_000_000_000_000L, 77);
    private static final Act ACT = new Act("restore", "cluster.restored", "", Act.Authorization.ALLOWED, "from a file");

    private final StateLog log = new StateLog();

    private NewLineage begun() {
        log.lead("node-1");
        log.apply(StateLog.of(new ValueCommand.Set("x", Bytes.utf8("1"))));
        log.tickUpTo(ClusterState.DIGEST_EVERY);
        var next = NewLineage.at(
                log.state.micros() + DAY_MICROS, log.state.appliedIndex(), log.state.term(), log.state.time(), ACT);
        log.state.begin(next);
        return next;
    }

    @Test
    void a_history_begins_where_the_one_before_cannot_have_come() {
        var next = NewLineage.at(TIME.micros() + DAY_MICROS, 1_000, 3, TIME, ACT);

        assertThat(next.index()).isEqualTo(1_000 + DAY_MICROS / 10);
        assertThat(next.term()).isEqualTo((TIME.micros() + DAY_MICROS) / 1_000);
        assertThat(next.number()).isEqualTo(TIME.micros() + DAY_MICROS);
    }

    @Test
    void a_clock_that_is_behind_takes_no_index_and_no_term_back() {
        long later = Long.MAX_VALUE / 4;
        var next = NewLineage.at(TIME.micros() - DAY_MICROS, 1_000, later, TIME, ACT);

        assertThat(next.index()).isEqualTo(1_000 + NewLineage.LEAST_GAP);
        assertThat(next.term()).isEqualTo(later + 1);
    }

    @Test
    void what_was_known_stays_and_nobody_leads() {
        var next = begun();

        assertThat(log.state.values().find("x").orElseThrow().json()).isEqualTo(Bytes.utf8("1"));
        assertThat(log.state.lineage()).isEqualTo(next.number());
        assertThat(log.state.appliedIndex()).isEqualTo(next.index());
        assertThat(log.state.leader()).isEmpty();
    }

    @Test
    void what_nodes_compared_in_the_history_before_is_forgotten() {
        begun();

        assertThat(log.state.comparable()).isEmpty();
        assertThat(log.state.comparedIndex()).isZero();
    }

    @Test
    void a_new_history_stands_among_the_decisions() {
        var next = begun();

        var last = log.state.access().decisions().getLast();
        assertThat(last.act()).isEqualTo(ACT);
        assertThat(last.index()).isEqualTo(next.index());
    }

    @Test
    void a_new_history_is_read_back_from_its_sections() {
        var next = begun();

        var filled = SectionsTest.filled(log.state);

        assertThat(filled.lineage()).isEqualTo(next.number());
        assertThat(filled.appliedIndex()).isEqualTo(next.index());
        assertThat(filled.digest()).isEqualTo(log.state.digest());
    }

    @Test
    void the_first_entry_of_a_new_history_is_applied_behind_its_begin() {
        var next = begun();

        log.state.apply(new CommittedBatch(
                next.index() + 1,
                1,
                next.term() + 1,
                log.state.time().plusMicros(1),
                new CommittedBatch.Content.TermStart(new NodeId("node-7")),
                List.of()));

        assertThat(log.state.leader()).contains(new NodeId("node-7"));
        assertThat(log.state.appliedIndex()).isEqualTo(next.index() + 1);
    }
}

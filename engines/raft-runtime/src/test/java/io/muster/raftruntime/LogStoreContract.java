package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import io.muster.raft.StoredConfiguration;
import io.muster.raft.VoteState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every log store promises to the engine.
public interface LogStoreContract {
    NodeId N1 = new NodeId("n1");
    Configuration VOTERS = Configuration.of(List.of(N1, new NodeId("n2"), new NodeId("n3")));

    /// Opens the store under test; the next call after a close opens the same log again.
    LogStore open();

    /// Who votes in that log.
    default Configuration voters() {
        return VOTERS;
    }

    /// Lets a store get on with its work that has no thread of its own.
    default void turn() {}

    /// Batches of one instant: the simulated disk compares the time that they say has passed with its own.
    static Batch batch(long firstIndex, int count, long term) {
        return Batch.seal(
                new Batch.Head(firstIndex, count, term, BatchKind.COMMANDS, new LogTime(1_000 * firstIndex, 7)),
                Bytes.utf8("body " + firstIndex));
    }

    static Effect.Persist append(long ticket, Batch... batches) {
        return new Effect.Persist(
                ticket, new VoteState(9, Optional.of(N1)), true, Effect.Cut.NOTHING, List.of(batches));
    }

    private StoreEvents started(LogStore store) {
        var events = new StoreEvents(this::turn);
        store.restore(0, List.of());
        store.start(events);
        return events;
    }

    @Test
    default void a_new_log_begins_with_who_votes() {
        try (var store = open()) {
            var restored = store.restore(1 << 20, List.of());

            assertThat(restored.tail()).containsExactly(Batch.bootstrap(voters()));
            assertThat(restored.state()).isEqualTo(VoteState.INITIAL);
        }
    }

    @Test
    default void what_was_persisted_is_restored_byte_for_byte() {
        var batches = List.of(batch(2, 3, 7), batch(5, 1, 8));
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batches.get(0)));
            events.awaitPersisted(1);
            store.persist(append(2, batches.get(1)));
            events.awaitPersisted(2);
        }

        try (var store = open()) {
            var restored = store.restore(1 << 20, List.of());

            assertThat(restored.state()).isEqualTo(new VoteState(9, Optional.of(N1)));
            assertThat(restored.lastIndex()).isEqualTo(5);
            assertThat(restored.tail()).endsWith(batches.get(0), batches.get(1));
            assertThat(restored.configurations().getLast().configuration()).isEqualTo(voters());
        }
    }

    @Test
    default void a_term_without_a_vote_is_remembered() {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1));
            events.awaitPersisted(1);
            store.persist(
                    new Effect.Persist(2, new VoteState(12, Optional.empty()), true, Effect.Cut.NOTHING, List.of()));
            events.awaitPersisted(2);
        }

        try (var store = open()) {
            assertThat(store.restore(0, List.of()).state()).isEqualTo(new VoteState(12, Optional.empty()));
        }
    }

    @Test
    default void a_cut_removes_whole_batches_together_with_the_append_that_replaces_them() {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7)));
            events.awaitPersisted(1);
            store.persist(
                    new Effect.Persist(2, VoteState.INITIAL, false, new Effect.Cut.From(5), List.of(batch(5, 1, 9))));
            events.awaitPersisted(2);
        }

        try (var store = open()) {
            assertThat(store.restore(1 << 20, List.of()).tail())
                    .containsExactly(Batch.bootstrap(voters()), batch(2, 3, 7), batch(5, 1, 9));
        }
    }

    @Test
    default void only_the_tail_that_was_asked_for_is_kept_in_memory() {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7)));
            events.awaitPersisted(1);
        }

        try (var store = open()) {
            var restored = store.restore(batch(7, 1, 7).size(), List.of());

            assertThat(restored.tail()).containsExactly(batch(7, 1, 7));
            assertThat(restored.lastIndex()).isEqualTo(7);
        }
    }

    /// What a log knows that was cut behind the entry at `index`.
    static LogStart base(long index, long term) {
        return new LogStart(
                index,
                term,
                batch(index, 1, term).time(),
                new StoredConfiguration(1, Configuration.of(List.of(N1, new NodeId("n4")))));
    }

    static SnapshotMeta snapshotOf(LogStart base) {
        return new SnapshotMeta(
                base.index(), base.term(), base.time(), base.configuration().encode());
    }

    /// A store whose log was cut behind `base`, and what it restores after that.
    private Restored restoredAfterCutTo(LogStart base) {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7), batch(8, 1, 9)));
            store.cutPrefix(base);
            store.persist(append(2));
            events.awaitPersisted(1);
            events.awaitPersisted(2);
        }
        try (var store = open()) {
            return store.restore(1 << 20, List.of(snapshotOf(base)));
        }
    }

    /// T25: the base moves with the prefix.
    @Test
    default void a_log_that_was_cut_begins_behind_its_base() {
        var restored = restoredAfterCutTo(base(6, 7));

        assertThat(restored.base()).isEqualTo(base(6, 7));
        assertThat(restored.tail()).containsExactly(batch(7, 1, 7), batch(8, 1, 9));
        assertThat(restored.lastIndex()).isEqualTo(8);
    }

    @Test
    default void a_log_that_was_cut_is_read_from_its_base_on() {
        restoredAfterCutTo(base(6, 7));

        try (var store = open()) {
            var events = new StoreEvents(this::turn);
            store.restore(0, List.of(snapshotOf(base(6, 7))));
            store.start(events);
            store.persist(append(3));
            events.awaitPersisted(3);
            store.read(new LogStore.ReadTicket.CatchUp(1), 7, 1 << 20);

            assertThat(events.awaitRead()).containsExactly(batch(7, 1, 7), batch(8, 1, 9));
        }
    }

    @Test
    default void a_log_can_be_cut_to_its_very_end() {
        var restored = restoredAfterCutTo(base(8, 9));

        assertThat(restored.base()).isEqualTo(base(8, 9));
        assertThat(restored.tail()).isEmpty();
        assertThat(restored.lastIndex()).isEqualTo(8);
        assertThat(restored.lastTime()).isEqualTo(base(8, 9).time());
    }

    /// T24, T25: behind an installed snapshot nothing is left of the old log, and term and vote are.
    @Test
    default void a_reset_leaves_nothing_but_the_new_base_and_the_vote() {
        var installed = base(40, 8);
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7)));
            events.awaitPersisted(1);
            store.persist(new Effect.Persist(
                    2,
                    new VoteState(11, Optional.empty()),
                    true,
                    new Effect.Cut.Everything(installed),
                    List.of(batch(41, 2, 11))));
            events.awaitPersisted(2);
        }

        try (var store = open()) {
            var restored = store.restore(1 << 20, List.of(snapshotOf(installed)));

            assertThat(restored.base()).isEqualTo(installed);
            assertThat(restored.tail()).containsExactly(batch(41, 2, 11));
            assertThat(restored.state()).isEqualTo(new VoteState(11, Optional.empty()));
        }
    }

    @Test
    default void a_reset_alone_is_reported_and_restored() {
        var installed = base(40, 8);
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 45, 7)));
            events.awaitPersisted(1);
            store.persist(
                    new Effect.Persist(2, VoteState.INITIAL, false, new Effect.Cut.Everything(installed), List.of()));
            events.awaitPersisted(2);
        }

        try (var store = open()) {
            var restored = store.restore(1 << 20, List.of(snapshotOf(installed)));

            assertThat(restored.lastIndex()).isEqualTo(40);
            assertThat(restored.tail()).isEmpty();
            assertThat(restored.state()).isEqualTo(new VoteState(9, Optional.of(N1)));
        }
    }

    @Test
    default void a_read_begins_with_the_batch_that_holds_the_index() {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7)));
            events.awaitPersisted(1);

            store.read(new LogStore.ReadTicket.CatchUp(1), 6, 1 << 20);

            assertThat(events.awaitRead()).containsExactly(batch(5, 2, 7), batch(7, 1, 7));
        }
    }

    @Test
    default void a_read_brings_no_more_bytes_than_asked_for_but_one_batch_at_least() {
        try (var store = open()) {
            var events = started(store);
            store.persist(append(1, batch(2, 3, 7), batch(5, 2, 7), batch(7, 1, 7)));
            events.awaitPersisted(1);

            store.read(new LogStore.ReadTicket.CatchUp(1), 2, 1);
            assertThat(events.awaitRead()).containsExactly(batch(2, 3, 7));

            store.read(new LogStore.ReadTicket.CatchUp(2), 2, 2 * batch(2, 3, 7).size());
            assertThat(events.awaitRead()).containsExactly(batch(2, 3, 7), batch(5, 2, 7));
        }
    }

    @Test
    default void a_read_behind_the_end_brings_nothing() {
        try (var store = open()) {
            var events = started(store);

            store.read(new LogStore.ReadTicket.Replay(), 2, 1 << 20);

            assertThat(events.awaitRead()).isEmpty();
        }
    }

    @Test
    default void writes_are_reported_in_the_order_they_were_asked_for() {
        try (var store = open()) {
            var events = started(store);

            for (int ticket = 1; ticket <= 300; ticket++) {
                store.persist(append(ticket, batch(ticket + 1, 1, 7)));
            }

            for (int ticket = 1; ticket <= 300; ticket++) {
                events.awaitPersisted(ticket);
            }
        }
    }
}

package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.LogStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log in SQLite that is cut at its begin: what a crash leaves in the middle of it, and what becomes of the room.
final class LogCutTest {
    private static final LogIdentity IDENTITY = new LogIdentity(new ClusterId(1, 2), LogStoreContract.N1, 0);
    private static final int BODY_BYTES = 512 << 10;

    @TempDir
    Path folder;

    private SqliteLogStore open() {
        return SqliteLogStore.open(
                folder, IDENTITY, LogStoreContract.VOTERS, SqliteLogStore.size(SqliteLogStore.DEFAULT_MAX_BYTES));
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raft.db"));
    }

    private long rows() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM batch")) {
            return row.getLong(1);
        }
    }

    private static Batch large(long index) {
        var head = new Batch.Head(index, 1, 9, BatchKind.COMMANDS, new LogTime(index, index));
        return Batch.seal(head, Bytes.wrap(new byte[BODY_BYTES]));
    }

    private static LogStart base(long index) {
        return new LogStart(
                index,
                9,
                new LogTime(index, index),
                LogStoreContract.base(index, 9).configuration());
    }

    private static void append(SqliteLogStore store, StoreEvents events, long from, long to) {
        for (long index = from; index < to; index++) {
            store.persist(LogStoreContract.append(index, large(index)));
            events.awaitPersisted(index);
        }
    }

    /// The base alone is what cuts the log: a process may end before it has removed a single row.
    @Test
    void rows_that_a_crash_left_before_the_base_are_no_part_of_the_log_and_are_removed() throws Exception {
        try (var store = open()) {
            var events = new StoreEvents();
            store.start(events);
            append(store, events, 2, 20);
        }
        try (var connection = connection();
                var update = LogStartTable.update(connection)) {
            LogStartTable.bind(update, base(12));
            update.executeUpdate();
        }

        try (var store = open()) {
            var restored = store.restore(0, List.of(LogStoreContract.snapshotOf(base(12))));
            assertThat(restored.base()).isEqualTo(base(12));
            assertThat(restored.lastIndex()).isEqualTo(19);
            var events = new StoreEvents();
            store.start(events);
            append(store, events, 20, 25);
        }

        assertThat(rows()).isEqualTo(12);
    }

    @Test
    void what_was_removed_is_room_for_what_comes_and_the_file_does_not_grow() throws Exception {
        long before;
        try (var store = open()) {
            var events = new StoreEvents();
            store.start(events);
            append(store, events, 2, 40);
            before = store.bytes();
            for (int round = 1; round <= 5; round++) {
                long last = 39L * round;
                store.cutPrefix(base(last));
                append(store, events, last + 1, last + 40);
                assertThat(store.bytes()).isLessThan(2 * before);
            }
        }

        assertThat(rows()).isEqualTo(39);
        assertThat(Files.size(folder.resolve("raft.db"))).isLessThan(2 * before);
    }

    /// The last row carried the number of the last write; without it the log would seem to end before its witness.
    @Test
    void a_log_of_which_nothing_is_left_still_reaches_its_witness() throws Exception {
        try (var store = open()) {
            var events = new StoreEvents();
            store.start(events);
            append(store, events, 2, 6);
            store.cutPrefix(base(5));
        }

        assertThat(rows()).isZero();
        try (var store = open()) {
            assertThat(store.restore(0, List.of(LogStoreContract.snapshotOf(base(5))))
                            .lastIndex())
                    .isEqualTo(5);
        }
    }

    @Test
    void a_log_that_begins_behind_what_any_snapshot_covers_is_refused() {
        try (var store = open()) {
            var events = new StoreEvents();
            store.start(events);
            append(store, events, 2, 6);
            store.cutPrefix(base(4));
        }

        try (var store = open()) {
            assertThatThrownBy(() -> store.restore(0, List.of(LogStoreContract.snapshotOf(base(3)))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("begins behind entry 4, and no snapshot beside it reaches there");
        }
    }

    @Test
    void a_log_from_before_logs_were_cut_is_brought_up_when_it_is_opened() throws Exception {
        open().close();
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE base");
            statement.execute("UPDATE identity SET format = 1");
        }

        try (var store = open()) {
            assertThat(store.restore(0, List.of()).base()).isEqualTo(LogStart.BEGINNING);
        }

        try (var connection = connection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT format FROM identity")) {
            assertThat(row.getInt(1)).isEqualTo(2);
        }
        open().close();
    }

    @Test
    void a_log_whose_table_of_the_base_is_gone_is_refused() throws Exception {
        open().close();
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE base");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not have the tables of a log");
    }
}

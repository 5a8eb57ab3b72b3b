package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Effect;
import io.muster.raft.VoteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log on disk: the store's contract, and what it does on bad days.
final class SqliteLogStoreTest implements LogStoreContract {
    private static final ClusterId CLUSTER = new ClusterId(1, 2);
    private static final LogIdentity IDENTITY = new LogIdentity(CLUSTER, N1, 0);

    @TempDir
    Path folder;

    @Override
    public LogStore open() {
        return open(folder, IDENTITY);
    }

    private static SqliteLogStore open(Path path, LogIdentity identity) {
        return SqliteLogStore.open(path, identity, VOTERS, SqliteLogStore.size(SqliteLogStore.DEFAULT_MAX_BYTES));
    }

    private void execute(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raft.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void writeThreeBatches() {
        try (var store = open(folder, IDENTITY)) {
            var events = new StoreEvents();
            store.start(events);
            store.persist(LogStoreContract.append(
                    1,
                    LogStoreContract.batch(2, 3, 7),
                    LogStoreContract.batch(5, 2, 7),
                    LogStoreContract.batch(7, 1, 7)));
            events.awaitPersisted(1);
        }
    }

    @Test
    void a_folder_that_does_not_exist_yet_is_created() {
        try (var store = open(folder.resolve("a/b/c"), IDENTITY)) {
            assertThat(store.incarnation()).isEqualTo(1);
        }
    }

    @Test
    void every_opening_is_a_new_incarnation() {
        open(folder, IDENTITY).close();

        try (var store = open(folder, IDENTITY)) {
            assertThat(store.incarnation()).isEqualTo(2);
        }
    }

    @Test
    void what_was_reported_as_persisted_is_in_a_copy_of_the_files_taken_without_closing(@TempDir Path copy)
            throws IOException {
        try (var store = open(folder, IDENTITY)) {
            var events = new StoreEvents();
            store.start(events);
            store.persist(LogStoreContract.append(1, LogStoreContract.batch(2, 3, 7)));
            events.awaitPersisted(1);
            for (String name : List.of("raft.db", "raft.db-wal", "raft.witness", "raft.voter")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
        }

        try (var store = open(copy, IDENTITY)) {
            assertThat(store.restore(1 << 20, List.of()).tail()).endsWith(LogStoreContract.batch(2, 3, 7));
        }
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (var store = open(folder, IDENTITY)) {
            assertThat(store.incarnation()).isEqualTo(1);

            assertThatThrownBy(() -> open(folder, IDENTITY))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void the_log_of_another_cluster_is_refused() {
        open(folder, IDENTITY).close();

        assertThatThrownBy(() -> open(folder, new LogIdentity(new ClusterId(3, 4), N1, 0)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("belongs to cluster " + CLUSTER + ", not to cluster " + new ClusterId(3, 4));
    }

    @Test
    void the_log_of_another_node_is_refused() {
        open(folder, IDENTITY).close();

        assertThatThrownBy(() -> open(folder, new LogIdentity(CLUSTER, new NodeId("n2"), 0)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("belongs to node n1, not to node n2");
    }

    @Test
    void a_log_of_an_unknown_format_is_refused() {
        open(folder, IDENTITY).close();
        execute("UPDATE identity SET format = 3");

        assertThatThrownBy(() -> open(folder, IDENTITY))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("has format 3, this version reads up to 2");
    }

    @Test
    void a_refused_folder_is_not_left_locked() {
        open(folder, IDENTITY).close();
        assertThatThrownBy(() -> open(folder, new LogIdentity(CLUSTER, new NodeId("n2"), 0)))
                .isInstanceOf(EngineException.class);

        open(folder, IDENTITY).close();
    }

    @Test
    void a_damaged_row_stops_the_node_and_is_named_never_cut() {
        writeThreeBatches();
        execute("UPDATE batch SET body = x'00' WHERE last_index = 7");

        try (var store = open()) {
            assertThatThrownBy(() -> store.restore(0, List.of()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("row 7 of table batch in " + folder.resolve("raft.db"));
        }
        try (var store = open()) {
            assertThatThrownBy(() -> store.restore(0, List.of())).hasMessageContaining("row 7");
        }
    }

    @Test
    void a_row_of_a_kind_nobody_knows_stops_the_node() {
        writeThreeBatches();
        execute("UPDATE batch SET kind = 99 WHERE last_index = 4");

        try (var store = open()) {
            assertThatThrownBy(() -> store.restore(0, List.of())).hasMessageContaining("row 4 of table batch");
        }
    }

    @Test
    void a_missing_row_stops_the_node() {
        writeThreeBatches();
        execute("DELETE FROM batch WHERE last_index = 6");

        try (var store = open()) {
            assertThatThrownBy(() -> store.restore(0, List.of())).hasMessageContaining("row 7 of table batch");
        }
    }

    @Test
    void a_row_damaged_while_the_node_runs_is_found_when_it_is_read() {
        writeThreeBatches();
        try (var store = open()) {
            var events = new StoreEvents();
            store.restore(0, List.of());
            store.start(events);
            execute("UPDATE batch SET term = 8 WHERE last_index = 6");

            store.read(new LogStore.ReadTicket.CatchUp(1), 5, 1);

            assertThat(events.awaitFailure()).hasMessageContaining("row 6 of table batch");
        }
    }

    @Test
    void a_damaged_vote_stops_the_node() {
        writeThreeBatches();
        execute("UPDATE vote SET voted_for = 'n2'");

        assertThatThrownBy(this::open).hasMessageContaining("could vote twice");
    }

    @Test
    void a_full_disk_stops_the_node_and_what_was_acknowledged_stays() {
        long maxBytes = 20 * 16 * 1024;
        var large = Bytes.wrap(new byte[200 * 1024]);
        try (var store = SqliteLogStore.open(folder, IDENTITY, VOTERS, SqliteLogStore.size(maxBytes))) {
            var events = new StoreEvents();
            store.start(events);
            store.persist(LogStoreContract.append(
                    1, Batch.seal(new Batch.Head(2, 1, 7, BatchKind.COMMANDS, new LogTime(1, 1)), large)));
            events.awaitPersisted(1);

            store.persist(LogStoreContract.append(
                    2, Batch.seal(new Batch.Head(3, 1, 7, BatchKind.COMMANDS, new LogTime(2, 2)), large)));

            assertThat(events.awaitFailure())
                    .hasMessageContaining("is full")
                    .hasMessageContaining("free space, then start the node again");
        }

        try (var store = open()) {
            assertThat(store.restore(0, List.of()).lastIndex()).isEqualTo(2);
        }
    }

    @Test
    void the_room_that_is_left_shrinks_with_what_is_written() {
        long maxBytes = 100 * 16 * 1024;
        var large = Bytes.wrap(new byte[200 * 1024]);
        try (var store = SqliteLogStore.open(folder, IDENTITY, VOTERS, SqliteLogStore.size(maxBytes))) {
            var events = new StoreEvents();
            store.start(events);
            long before = store.roomBytes();

            store.persist(LogStoreContract.append(
                    1, Batch.seal(new Batch.Head(2, 1, 7, BatchKind.COMMANDS, new LogTime(1, 1)), large)));
            events.awaitPersisted(1);

            assertThat(store.roomBytes()).isLessThan(before).isPositive();
            assertThat(store.bytes()).isGreaterThan(large.size());
            assertThat(store.bytes() + store.roomBytes()).isEqualTo(maxBytes);
        }
    }

    @Test
    void an_error_on_the_writing_thread_stops_the_node_instead_of_ending_in_silence() {
        var events = new StoreEvents();
        try (var store = open(folder, IDENTITY)) {
            store.start(new LogStore.Listener() {
                @Override
                public void persisted(long ticket) {
                    throw new StackOverflowError("too deep");
                }

                @Override
                public void read(LogStore.ReadTicket ticket, List<Batch> batches) {
                    events.read(ticket, batches);
                }

                @Override
                public void failed(EngineException reason) {
                    events.failed(reason);
                }
            });

            store.persist(LogStoreContract.append(1, LogStoreContract.batch(2, 3, 7)));

            assertThat(events.awaitFailure())
                    .hasMessageContaining("cannot write to the log")
                    .hasMessageContaining("too deep");
        }
    }

    @Test
    void the_stored_form_of_the_log_never_changes() throws Exception {
        try (var store = open()) {
            var events = new StoreEvents();
            store.start(events);
            store.persist(new Effect.Persist(
                    1,
                    new VoteState(7, Optional.of(N1)),
                    true,
                    Effect.Cut.NOTHING,
                    List.of(Batch.seal(
                            new Batch.Head(2, 3, 7, BatchKind.COMMANDS, new LogTime(1_700_000_000_000_001L, 5_001)),
                            Bytes.utf8("three entries")))));
            events.awaitPersisted(1);
        }

        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raft.db"));
                var statement = connection.createStatement()) {
            var lines = new StringBuilder();
            try (var tables = statement.executeQuery("SELECT sql FROM sqlite_schema ORDER BY name")) {
                while (tables.next()) {
                    lines.append(tables.getString(1).replaceAll("\\s+", " ")).append('\n');
                }
            }
            try (var rows = statement.executeQuery(
                    "SELECT format('%d %s %s %d %d', format, cluster, node, log_group, incarnation) FROM identity"
                            + " UNION ALL SELECT format('%d %s %d', term, voted_for, checksum) FROM vote"
                            + " UNION ALL SELECT format('%d %d %d %d %d %d %s', last_index, first_index, term, kind,"
                            + " micros, checksum, hex(body)) FROM batch")) {
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
            }
            Golden.check("log-format-2.txt", lines.toString());
        }
    }
}

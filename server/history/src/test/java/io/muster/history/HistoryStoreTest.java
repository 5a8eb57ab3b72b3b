package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.TimedOut;
import io.muster.history.HistoryStore.Found;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import io.muster.jobs.JobState;
import io.muster.log.ClusterId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryStoreTest {
    private static final ClusterId CLUSTER = new ClusterId(1, 2);
    private static final List<HistoryBlock> BLOCKS = Blocks.of(5);

    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final List<HistoryStore> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        opened.forEach(HistoryStore::close);
    }

    @Test
    void a_block_reads_back_as_it_was_added_also_after_a_restart() throws Exception {
        var store = open();
        store.add(BLOCKS.get(0));
        assertThat(store.block(1)).hasValue(BLOCKS.get(0));

        store.close();

        assertThat(open().block(1)).hasValue(BLOCKS.get(0));
    }

    @Test
    void adding_the_same_blocks_again_changes_nothing() throws Exception {
        var store = open();
        addAll(store, BLOCKS);
        store.close();

        var replayed = open();
        addAll(replayed, BLOCKS);
        replayed.close();

        assertThat(failures).isEmpty();
        assertThat(open().list(HistoryFilter.ALL, HistoryCursor.NEWEST, 10_000).jobs())
                .hasSize(5 * 512);
    }

    @Test
    void a_block_beyond_those_that_may_wait_for_a_stalled_disk_holds_up_its_adder() throws Exception {
        var blocks = Blocks.of(BlockWriter.MAX_WAITING + 1);
        var store = open();
        Thread adder = Thread.ofPlatform().unstarted(() -> add(store, blocks.getLast()));
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            addAll(store, blocks.subList(0, BlockWriter.MAX_WAITING));

            adder.start();
            while (adder.getState() != Thread.State.WAITING) {
                assertThat(adder.getState()).isNotEqualTo(Thread.State.TERMINATED);
                TimedOut.check();
                Thread.onSpinWait();
            }
            assertThat(store.block(1)).as("what waits can be read").hasValue(blocks.getFirst());
            statement.execute("COMMIT");
        }

        adder.join();
        assertThat(store.block(blocks.size())).hasValue(blocks.getLast());
        assertThat(failures).isEmpty();
    }

    private static void add(HistoryStore store, HistoryBlock block) {
        try {
            store.add(block);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    @Test
    void a_block_of_another_past_stops_the_node() throws Exception {
        var store = open();
        store.add(BLOCKS.get(0));
        store.add(Blocks.ofAnotherPast());

        assertThat(failures.take()).contains("block 1").contains("another past");
        assertThatThrownBy(() -> store.add(BLOCKS.get(1))).isInstanceOf(HistoryException.class);
    }

    @Test
    void whatever_ends_the_writing_thread_stops_the_node_and_leaves_nobody_waiting() throws Exception {
        var store = open();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE block");
            statement.execute("CREATE TABLE block (number INTEGER PRIMARY KEY, last_index, lowest, highest, frame)");
            statement.execute("INSERT INTO block VALUES (1, 1, 1, 1, NULL)");
        }

        store.add(BLOCKS.get(0));

        assertThat(failures.take()).contains("the thread that writes the history stopped");
        assertThatThrownBy(() -> store.add(BLOCKS.get(1))).isInstanceOf(HistoryException.class);
    }

    @Test
    void a_job_is_found_by_its_id() throws Exception {
        var store = open();
        addAll(store, BLOCKS);
        FinishedJob wanted = BLOCKS.get(3).jobs().get(17);

        assertThat(store.find(wanted.id())).isEqualTo(new Found.Here<>(wanted));
    }

    @Test
    void a_job_that_never_was_is_not_found() throws Exception {
        var store = open();
        addAll(store, BLOCKS);

        assertThat(store.find(JobId.of(1_000_000, 0))).isEqualTo(new Found.Nowhere<FinishedJob>());
    }

    @Test
    void pages_go_from_the_newest_job_to_the_oldest_and_repeat_and_miss_none() throws Exception {
        var store = open();
        addAll(store, BLOCKS);
        var expected = new ArrayList<FinishedJob>();
        BLOCKS.reversed().forEach(block -> expected.addAll(block.jobs().reversed()));

        var seen = new ArrayList<FinishedJob>();
        var cursor = HistoryCursor.NEWEST;
        while (!cursor.isAtEnd()) {
            HistoryPage page = store.list(HistoryFilter.ALL, cursor, 97);
            seen.addAll(page.jobs());
            cursor = page.next();
        }

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void a_listing_shows_only_what_its_filter_accepts() throws Exception {
        var store = open();
        addAll(store, BLOCKS);

        var odd = store.list(new HistoryFilter(Set.of(), "odd", "noop"), HistoryCursor.NEWEST, 100);
        var dead = store.list(new HistoryFilter(Set.of(JobState.Kind.DEAD), "", ""), HistoryCursor.NEWEST, 100);

        assertThat(odd.jobs()).hasSize(100).allMatch(job -> job.spec().queue().equals("odd"));
        assertThat(dead.jobs()).isEmpty();
        assertThat(dead.next().isAtEnd()).isTrue();
    }

    @Test
    void a_filter_that_accepts_nothing_looks_at_a_bounded_part_and_says_where_to_go_on() throws Exception {
        var store = open();
        addAll(store, Blocks.of(HistoryStore.MAX_SCANNED_BLOCKS + 2));

        var page = store.list(new HistoryFilter(Set.of(), "nobody", ""), HistoryCursor.NEWEST, 10);

        assertThat(page.jobs()).isEmpty();
        assertThat(page.next()).isEqualTo(new HistoryCursor(3, 0));
    }

    @Test
    void a_job_whose_block_is_missing_is_not_said_to_be_nowhere() throws Exception {
        var store = open();
        store.add(BLOCKS.get(0));

        assertThat(store.find(BLOCKS.get(1).lowest(), 2)).isInstanceOf(Found.NotHereYet.class);
    }

    @Test
    void what_was_added_is_on_disk_once_it_was_waited_for() throws Exception {
        var store = open();
        addAll(store, BLOCKS);

        store.awaitWritten();

        var other = open();
        assertThat(other.block(BLOCKS.getLast().number())).hasValue(BLOCKS.getLast());
    }

    @Test
    void nobody_waits_for_a_history_that_is_closed() {
        var store = open();
        store.close();

        assertThatThrownBy(store::awaitWritten)
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("the history is closed");
    }

    @Test
    void missing_blocks_are_named() throws Exception {
        var store = open();
        store.add(BLOCKS.get(0));
        store.add(BLOCKS.get(3));

        assertThat(store.missing(6, 10)).containsExactly(2L, 3L, 5L);
        assertThat(store.missing(6, 2)).containsExactly(2L, 3L);
    }

    @Test
    void a_page_says_that_it_lacks_blocks() throws Exception {
        var store = open();
        store.add(BLOCKS.get(0));
        store.add(BLOCKS.get(3));

        var page = store.list(HistoryFilter.ALL, HistoryCursor.NEWEST, 10_000);

        assertThat(page.jobs()).hasSize(2 * 512);
        assertThat(page.missing()).isEqualTo(2);
    }

    @Test
    void a_damaged_block_is_missing_not_wrong() throws Exception {
        var store = open();
        addAll(store, BLOCKS);
        store.close();
        damage(2);

        var reopened = open();

        assertThat(reopened.block(2)).isEmpty();
        assertThat(reopened.find(BLOCKS.get(1).lowest())).isInstanceOf(Found.NotHereYet.class);
        assertThat(reopened.missing(6, 10)).containsExactly(2L);
        reopened.repair(BLOCKS.get(1));
        assertThat(reopened.block(2)).hasValue(BLOCKS.get(1));
        assertThat(reopened.missing(6, 10)).isEmpty();
    }

    @Test
    void a_history_of_another_cluster_is_refused() {
        open().close();

        assertThatThrownBy(() -> HistoryStore.open(folder, new ClusterId(9, 9), failures::add))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("belongs to cluster " + CLUSTER);
    }

    @Test
    void a_history_of_a_later_format_is_refused() throws Exception {
        open().close();
        execute("UPDATE identity SET format = 2");

        assertThatThrownBy(this::open).isInstanceOf(HistoryException.class).hasMessageContaining("format 2");
    }

    @Test
    void a_file_that_is_no_database_is_refused_with_what_to_do() throws Exception {
        java.nio.file.Files.writeString(
                folder.resolve("history.db"), "this is not a database, it is a letter".repeat(99));

        assertThatThrownBy(this::open).isInstanceOf(HistoryException.class).hasMessageContaining("move the file away");
    }

    private HistoryStore open() {
        var store = HistoryStore.open(folder, CLUSTER, failures::add);
        opened.add(store);
        return store;
    }

    private static void addAll(HistoryStore store, List<HistoryBlock> blocks) throws InterruptedException {
        for (HistoryBlock block : blocks) {
            store.add(block);
        }
    }

    private void damage(long number) throws SQLException {
        execute("UPDATE block SET frame = CAST(substr(frame, 1, 200) || 'x' || substr(frame, 202) AS BLOB)"
                + " WHERE number = "
                + number);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DiskWatchTest {
    private static final Path FOLDER = Path.of("data");
    private static final long LIMIT = 256L << 20;

    private static final DiskWatch.LogSize LOG = new DiskWatch.LogSize(() -> 0, 1L << 30);

    private final AtomicLong free = new AtomicLong(LIMIT);
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void room_up_to_the_limit_is_no_shortage() {
        try (var watch = new DiskWatch(FOLDER, LIMIT, free::get, LOG, changes::incrementAndGet)) {
            watch.look();

            assertThat(watch.diskPressure()).isEmpty();
            assertThat(changes).hasValue(0);
        }
    }

    @Test
    void less_than_the_limit_is_a_shortage_that_names_folder_rest_limit_and_setting() {
        try (var watch = new DiskWatch(FOLDER, LIMIT, free::get, LOG, changes::incrementAndGet)) {
            free.set(12 << 20);

            watch.look();
            watch.look();

            assertThat(watch.diskPressure().orElseThrow())
                    .contains("data")
                    .contains("12 MiB")
                    .contains("256 MiB")
                    .contains("node.minFreeMebibytes");
            assertThat(changes).as("told once").hasValue(1);
        }
    }

    @Test
    void it_recovers_by_itself_once_there_is_an_eighth_more_than_the_limit() {
        try (var watch = new DiskWatch(FOLDER, LIMIT, free::get, LOG, changes::incrementAndGet)) {
            free.set(LIMIT - 1);
            watch.look();

            free.set(LIMIT + 1);
            watch.look();
            assertThat(watch.diskPressure()).as("it does not waver at the edge").isPresent();

            free.set(LIMIT + LIMIT / 8);
            watch.look();
            assertThat(watch.diskPressure()).isEmpty();
            assertThat(changes).hasValue(2);
        }
    }

    @Test
    void a_disk_that_cannot_be_asked_counts_as_full() {
        DiskWatch.FreeSpace unmounted = () -> {
            throw new IOException("stale file handle");
        };
        try (var watch = new DiskWatch(FOLDER, LIMIT, unmounted, LOG, changes::incrementAndGet)) {
            watch.look();

            assertThat(watch.diskPressure().orElseThrow()).contains("stale file handle");
        }
    }

    @Test
    void a_limit_of_nothing_watches_nothing() {
        free.set(0);
        try (var watch = new DiskWatch(FOLDER, 0, free::get, LOG, changes::incrementAndGet)) {
            watch.look();

            assertThat(watch.diskPressure()).isEmpty();
        }
    }

    @Test
    void a_log_over_nine_tenths_of_its_limit_is_a_shortage_that_names_the_setting() {
        var bytes = new AtomicLong((9L << 30) - 1);
        var log = new DiskWatch.LogSize(bytes::get, 10L << 30);
        try (var watch = new DiskWatch(FOLDER, LIMIT, free::get, log, changes::incrementAndGet)) {
            watch.look();
            assertThat(watch.diskPressure()).isEmpty();

            bytes.set(9L << 30);
            watch.look();

            assertThat(watch.diskPressure().orElseThrow()).contains("9216 MiB").contains("node.maxLogGibibytes");
            assertThat(changes).hasValue(1);
        }
    }

    @Test
    void a_small_log_is_short_before_its_engine_takes_no_proposal_at_all() {
        long leastRoomOfTheEngine = 128L << 20;
        var small = new DiskWatch.LogSize(() -> (1L << 30) - 2 * leastRoomOfTheEngine, 1L << 30);

        try (var watch = new DiskWatch(FOLDER, LIMIT, free::get, small, changes::incrementAndGet)) {
            watch.look();

            assertThat(watch.diskPressure()).isPresent();
        }
    }
}

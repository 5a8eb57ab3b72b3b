package io.muster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches how much room the disk of the data folder has left, and how much of what it may take the log has.
///
/// A node whose disk refuses a write stops. So that it need not come to that, it takes nothing new while there is
/// still room to finish what it has: below the limit it is not ready, as the leader it refuses submissions, and its
/// worker offers no slots. It recovers by itself, once there is an eighth more than the limit, so that it does not
/// waver at the edge. A log shrinks with the next snapshot; where none can be written, its warning says why.
final class DiskWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);

    /// A disk that takes 100 MB/s loses little more than a third of the default limit between two looks.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final long MIB = 1 << 20;

    /// What a full ledger takes to be finished fits the last tenth of a log of the default size many times.
    private static final double LOG_SHARE = 0.9;

    /// A log as small as some GiB needs more than its last tenth: with 128 MiB left the engine takes no
    /// proposal at all, and what was accepted before has to be finished by then.
    private static final long LEAST_LOG_ROOM = 256 * MIB;

    private final Path folder;
    private final long limit;
    private final LogSize logSize;
    private final FreeSpace free;
    private final Runnable onChange;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("muster-disk-watch").daemon().unstarted(this::run);
    private volatile String diskPressure = "";

    /// How many bytes the disk of the data folder has left for this process.
    interface FreeSpace {
        long bytes() throws IOException;

        /// What the file system of `folder` says.
        static FreeSpace of(Path folder) {
            return () -> Files.getFileStore(folder).getUsableSpace();
        }
    }

    /// How large the log is, and may become.
    ///
    /// @param bytes asks for its size
    /// @param most its limit
    record LogSize(LongSupplier bytes, long most) {
        String diskPressure() {
            long now = bytes.getAsLong();
            return now < enough()
                    ? ""
                    : "the log has " + now / MIB + " MiB and takes nothing new from " + enough() / MIB
                            + " MiB on, its limit being " + most / MIB
                            + " MiB: snapshots cut it, so look in this node's log why none is written, or raise"
                            + " node.maxLogGibibytes on every node";
        }

        private long enough() {
            return Math.min((long) (most * LOG_SHARE), most - LEAST_LOG_ROOM);
        }
    }

    /// @param limit the least number of free bytes; 0 for no watch
    /// @param onChange runs after [#diskPressure] came or went
    DiskWatch(Path folder, long limit, FreeSpace free, LogSize logSize, Runnable onChange) {
        this.folder = folder;
        this.limit = limit;
        this.logSize = logSize;
        this.free = free;
        this.onChange = onChange;
    }

    /// Looks now, and then every second.
    void start() {
        look();
        thread.start();
    }

    /// Why this node can take nothing new; none while there is room.
    Optional<String> diskPressure() {
        return diskPressure.isEmpty() ? Optional.empty() : Optional.of(diskPressure);
    }

    /// Looks once.
    void look() {
        String before = diskPressure;
        String ofLog = logSize.diskPressure();
        diskPressure = ofLog.isEmpty() ? found(!before.isEmpty()) : ofLog;
        if (before.isEmpty() == diskPressure.isEmpty()) {
            return;
        }
        if (diskPressure.isEmpty()) {
            log.info("disk has room again folder={} limitMebibytes={}", folder, limit / MIB);
        } else {
            log.warn("disk nearly full, taking nothing new folder={} reason=\"{}\"", folder, diskPressure);
        }
        onChange.run();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            log.warn("nobody watches the disk any more folder={}", folder);
        }
    }

    private String found(boolean wasShort) {
        if (limit == 0) {
            return "";
        }
        try {
            long left = free.bytes();
            return left >= (wasShort ? limit + limit / 8 : limit)
                    ? ""
                    : "the disk of " + folder + " has " + left / MIB + " MiB left, under the limit of " + limit / MIB
                            + " MiB (node.minFreeMebibytes): make room";
        } catch (IOException e) {
            return "cannot tell how much room the disk of " + folder + " has: " + e.getMessage();
        }
    }
}

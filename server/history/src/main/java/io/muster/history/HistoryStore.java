package io.muster.history;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import io.muster.log.ClusterId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Every finished job whose block was closed, on this node's disk.
///
/// Blocks come in through [#add] and are written by a thread of their own; until then they are answered from memory,
/// so that a job is never in neither place. Everything may be called from any thread; reads share one connection
/// under a lock, since each takes well under a millisecond.
public final class HistoryStore implements AutoCloseable {
    /// A page looks at no more blocks than this (32,768 jobs) before it answers with what it has and a cursor.
    static final int MAX_SCANNED_BLOCKS = 64;

    /// How many block numbers are looked at in one step of the search for gaps.
    private static final int GAP_STEP = 4_096;

    private final BlockWriter writer;
    private final BlockTable table;
    private final ReentrantLock reading = new ReentrantLock();
    private final Set<Long> damaged = new ConcurrentSkipListSet<>();

    /// Every block up to here is known to be present; guarded by [#reading].
    private long wholeUpTo;

    private HistoryStore(BlockWriter writer, BlockTable table) {
        this.writer = writer;
        this.table = table;
    }

    /// Opens `history.db` in `folder`.
    ///
    /// @param onFailure told, once, why the history can no longer be written: the node is to stop
    /// @throws HistoryException if the file cannot be opened, is of another format or of another cluster
    public static HistoryStore open(Path folder, ClusterId cluster, Consumer<String> onFailure) {
        Path file = folder.resolve("history.db");
        var writer = BlockWriter.start(BlockTable.openForWriting(file, cluster), onFailure);
        return new HistoryStore(writer, BlockTable.openForReading(file));
    }

    /// Whether something is here, and if not, whether that is the last word.
    public sealed interface Found<T> {
        record Here<T>(T value) implements Found<T> {}

        /// It does not exist.
        record Nowhere<T>() implements Found<T> {}

        /// It may be in a block that this node lacks so far.
        record NotHereYet<T>(String why) implements Found<T> {}
    }

    /// Takes a closed block; the same one again changes nothing. Waits while too many are waiting to be written: a
    /// disk that falls behind slows the log down, it never makes the history lose anything.
    ///
    /// @throws HistoryException if the history can no longer be written
    public void add(HistoryBlock block) throws InterruptedException {
        writer.add(block);
    }

    /// Returns once every block taken so far is on disk; until then the log that they follow from must not be cut.
    ///
    /// @throws HistoryException if the history can no longer be written
    public void awaitWritten() throws InterruptedException {
        writer.awaitWritten();
    }

    /// Takes a block that was fetched because the one here was missing or damaged.
    public void repair(HistoryBlock block) throws InterruptedException {
        writer.repair(block);
        damaged.remove(block.number());
    }

    /// The block `number`, intact.
    public Optional<HistoryBlock> block(long number) {
        Optional<HistoryBlock> waiting = writer.waiting(number);
        return waiting.isPresent() ? waiting : stored(number);
    }

    /// How `job` ended last, which the ledger remembers to stand in block `number`: one block is read, however many
    /// others may hold it by their range.
    public Found<FinishedJob> find(JobId job, long number) {
        Optional<HistoryBlock> block = block(number);
        Optional<FinishedJob> found = block.flatMap(present -> lastIn(present, job));
        if (found.isPresent()) {
            return new Found.Here<>(found.get());
        }
        return block.isEmpty()
                ? new Found.NotHereYet<>("the block that holds " + job + " is not here and being fetched")
                : find(job);
    }

    /// How `job` ended last.
    public Found<FinishedJob> find(JobId job) {
        for (HistoryBlock block : writer.waitingNewestFirst()) {
            Optional<FinishedJob> found = lastIn(block, job);
            if (found.isPresent()) {
                return new Found.Here<>(found.get());
            }
        }
        boolean wasDamaged = false;
        for (long number : numbersFor(job)) {
            Optional<HistoryBlock> block = stored(number);
            wasDamaged |= block.isEmpty();
            Optional<FinishedJob> found = block.flatMap(present -> lastIn(present, job));
            if (found.isPresent()) {
                return new Found.Here<>(found.get());
            }
        }
        return wasDamaged
                ? new Found.NotHereYet<>("a block that may hold " + job + " is damaged here and being fetched again")
                : new Found.Nowhere<>();
    }

    /// Finished jobs below `cursor` that `filter` accepts, newest first, at most `limit`.
    public HistoryPage list(HistoryFilter filter, HistoryCursor cursor, int limit) {
        var page = new PageBuilder(filter, cursor, limit);
        while (page.wantsMore()) {
            long next = highestBelow(page.nextBlock() + 1);
            page.passTo(next);
            if (next == 0) {
                break;
            }
            block(next).ifPresentOrElse(page::take, page::skip);
        }
        return page.page();
    }

    /// Up to `most` blocks below `openNumber` that are not here, or damaged, lowest first.
    public List<Long> missing(long openNumber, int most) {
        var missing = new TreeSet<>(damaged);
        reading.lock();
        try {
            long from = wholeUpTo;
            while (missing.size() < most && from + 1 < openNumber) {
                from = searchStep(from, openNumber, missing);
            }
        } finally {
            reading.unlock();
        }
        return missing.stream().limit(most).toList();
    }

    /// Writes what waits, and closes the file. Safe to call twice.
    @Override
    public void close() {
        writer.close();
        reading.lock();
        try {
            table.close();
        } finally {
            reading.unlock();
        }
    }

    private long searchStep(long from, long openNumber, Set<Long> missing) {
        long to = Math.min(from + GAP_STEP, openNumber - 1);
        var present = new TreeSet<Long>();
        for (long number = from + 1; number <= to; number++) {
            if (writer.waiting(number).isPresent()) {
                present.add(number);
            }
        }
        present.addAll(table.numbersAbove(from, GAP_STEP));
        boolean isWhole = wholeUpTo == from;
        for (long number = from + 1; number <= to; number++) {
            boolean isHere = present.contains(number);
            if (!isHere) {
                missing.add(number);
                isWhole = false;
            } else if (isWhole) {
                wholeUpTo = number;
            }
        }
        return to;
    }

    private Optional<HistoryBlock> stored(long number) {
        Optional<Bytes> frame;
        reading.lock();
        try {
            frame = table.frame(number);
        } finally {
            reading.unlock();
        }
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        try {
            HistoryBlock block = BlockFrame.decode(frame.get());
            if (block.number() == number && block.isIntact()) {
                return Optional.of(block);
            }
        } catch (MalformedException e) {
            damaged.add(number);
            return Optional.empty();
        }
        damaged.add(number);
        return Optional.empty();
    }

    private List<Long> numbersFor(JobId job) {
        reading.lock();
        try {
            return table.numbersFor(job);
        } finally {
            reading.unlock();
        }
    }

    /// The number of the newest block below `below`, 0 for none.
    ///
    /// Asks the waiting ones first: a block leaves them only once it is in the table, so it is always in one of
    /// the two, whenever it is written.
    private long highestBelow(long below) {
        long waiting = writer.highestWaitingBelow(below);
        reading.lock();
        try {
            return Math.max(
                    waiting, table.numbersBelow(below, 1).stream().findFirst().orElse(0L));
        } finally {
            reading.unlock();
        }
    }

    private static Optional<FinishedJob> lastIn(HistoryBlock block, JobId job) {
        if (job.compareTo(block.lowest()) < 0 || job.compareTo(block.highest()) > 0) {
            return Optional.empty();
        }
        return block.jobs().reversed().stream()
                .filter(finished -> finished.id().equals(job))
                .findFirst();
    }
}

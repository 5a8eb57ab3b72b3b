package io.muster.history;

import io.muster.jobs.HistoryBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that writes `history.db`: takes what is queued, several blocks to a transaction.
///
/// Owns its [BlockTable]. A block can be read from [#waiting] from the moment it was added until it is committed.
final class BlockWriter implements AutoCloseable {
    /// Blocks on their way to the disk: about 64 MiB at most, some seconds of a very busy cluster.
    static final int MAX_WAITING = 64;

    /// Blocks in one transaction: past this a larger one is no cheaper.
    private static final int MAX_BATCH = 32;

    private sealed interface Work {
        record Add(HistoryBlock block) implements Work {}

        record Repair(HistoryBlock block) implements Work {}

        /// Says that all that came before it is on disk.
        record Mark(CompletableFuture<Void> passed) implements Work {}

        record Stop() implements Work {}
    }

    private final BlockTable table;
    private final Consumer<String> onFailure;

    /// Bounded by [#room], which also holds the places of blocks taken but not committed.
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();

    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final ConcurrentSkipListMap<Long, HistoryBlock> waiting = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::run, "muster-history");
    private volatile @Nullable HistoryException failure;
    private volatile boolean isEnded;

    private BlockWriter(BlockTable table, Consumer<String> onFailure) {
        this.table = table;
        this.onFailure = onFailure;
    }

    static BlockWriter start(BlockTable table, Consumer<String> onFailure) {
        var writer = new BlockWriter(table, onFailure);
        writer.thread.start();
        return writer;
    }

    void add(HistoryBlock block) throws InterruptedException {
        enqueue(block, new Work.Add(block));
    }

    void repair(HistoryBlock block) throws InterruptedException {
        enqueue(block, new Work.Repair(block));
    }

    Optional<HistoryBlock> waiting(long number) {
        return Optional.ofNullable(waiting.get(number));
    }

    List<HistoryBlock> waitingNewestFirst() {
        return List.copyOf(waiting.descendingMap().values());
    }

    /// The number of the newest waiting block below `below`, 0 for none.
    long highestWaitingBelow(long below) {
        Long number = waiting.lowerKey(below);
        return number == null ? 0 : number;
    }

    /// Returns once all that was added before is on disk; throws [HistoryException] where it cannot come there.
    void awaitWritten() throws InterruptedException {
        var mark = new Work.Mark(new CompletableFuture<>());
        queue.add(mark);
        if (isEnded) {
            leaveMarks();
        }
        try {
            mark.passed().get();
        } catch (ExecutionException e) {
            throw new HistoryException("the history was not written: " + e.getMessage(), e);
        }
    }

    /// Nobody may wait for a mark that will never be passed.
    private void leaveMarks() {
        HistoryException failed = failure;
        var why = failed == null ? new HistoryException("the history is closed") : failed;
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            if (work instanceof Work.Mark(var passed)) {
                passed.completeExceptionally(why);
            }
        }
    }

    /// Writes what was added so far and stops. Safe to call twice.
    @Override
    public void close() {
        queue.add(new Work.Stop());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(HistoryBlock block, Work work) throws InterruptedException {
        room.acquire();
        HistoryException failed = failure;
        if (failed != null) {
            room.release();
            throw new HistoryException("cannot keep block " + block.number() + ": " + failed.getMessage(), failed);
        }
        waiting.put(block.number(), block);
        queue.add(work);
    }

    private void run() {
        var batch = new ArrayList<Work>();
        try (table) {
            while (!holdsStop(batch)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                write(batch);
            }
        } catch (HistoryException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new HistoryException("the thread that writes the history was interrupted", e));
        } catch (RuntimeException | Error e) {
            // Whatever ended this thread, nobody may wait for room that it will never make.
            fail(new HistoryException("the thread that writes the history stopped: " + e, e));
        } finally {
            isEnded = true;
            leaveMarks();
        }
    }

    private static boolean holdsStop(List<Work> batch) {
        return batch.stream().anyMatch(Work.Stop.class::isInstance);
    }

    private void write(List<Work> batch) {
        for (Work work : batch) {
            switch (work) {
                case Work.Add(var block) -> table.insert(block);
                case Work.Repair(var block) -> table.replace(block);
                case Work.Mark _, Work.Stop() -> {}
            }
        }
        table.commit();
        for (Work work : batch) {
            switch (work) {
                case Work.Add(var block) -> written(block);
                case Work.Repair(var block) -> written(block);
                case Work.Mark(var passed) -> passed.complete(null);
                case Work.Stop() -> {}
            }
        }
    }

    private void written(HistoryBlock block) {
        waiting.remove(block.number(), block);
        room.release();
    }

    /// Every caller that waits for room is let through and told.
    private void fail(HistoryException e) {
        failure = e;
        room.release(MAX_WAITING);
        onFailure.accept(e.getMessage());
    }
}

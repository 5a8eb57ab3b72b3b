package io.muster.history;

import io.muster.encoding.MalformedException;
import io.muster.jobs.HistoryBlock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the blocks that this node lacks, because it was away while they were made and their entries were cut from
/// the log since, or because its disk damaged them.
///
/// It never decides what the history is: a block is taken only if it is intact and of the asked number, and the
/// blocks of all nodes are the same bytes.
public final class GapFiller implements AutoCloseable {
    /// How often it looks; a gap is no hurry.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// Blocks fetched in one go, so that a long gap shows its progress and can be stopped.
    private static final int MAX_ROUND = 64;

    /// A fetch that is interrupted ends at once; the rest is a write of one block.
    private static final long STOP_MILLIS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(GapFiller.class);

    private final HistoryStore store;
    private final LongSupplier openNumber;
    private final BlockSource source;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("muster-history-gaps").unstarted(this::run);

    /// `openNumber` is the number of the ledger's open block: every block below it exists.
    public GapFiller(HistoryStore store, LongSupplier openNumber, BlockSource source) {
        this.store = store;
        this.openNumber = openNumber;
        this.source = source;
    }

    /// Begins to look for missing blocks, on a thread of its own.
    public void start() {
        thread.start();
    }

    /// Fetches what is missing, at most one round of it; says how many blocks that filled.
    public int fill() throws InterruptedException {
        int filled = 0;
        for (long number : store.missing(openNumber.getAsLong(), MAX_ROUND)) {
            var frame = source.fetch(number);
            if (frame.isEmpty()) {
                continue;
            }
            try {
                HistoryBlock block = BlockFrame.decode(frame.get());
                if (block.number() != number || !block.isIntact()) {
                    log.warn(
                            "history block refused number={} sent={} intact={}",
                            number,
                            block.number(),
                            block.isIntact());
                    continue;
                }
                store.repair(block);
                filled++;
            } catch (MalformedException e) {
                log.warn("history block refused number={} cause=\"{}\"", number, e.getMessage());
            }
        }
        return filled;
    }

    /// Stops, and waits shortly until nothing is under way any more. Safe to call twice.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                int filled = fill();
                if (filled > 0) {
                    log.info("history blocks fetched from other nodes count={}", filled);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (HistoryException e) {
            // The store has told the node already: it stops.
            log.error("history gaps are no longer filled cause=\"{}\"", e.getMessage());
        }
    }
}

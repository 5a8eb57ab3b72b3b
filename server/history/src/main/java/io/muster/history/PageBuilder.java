package io.muster.history;

import io.muster.jobs.FinishedJob;
import io.muster.jobs.HistoryBlock;
import java.util.ArrayList;
import java.util.List;

/// Collects one [HistoryPage], walking down from a cursor.
final class PageBuilder {
    private final HistoryFilter filter;
    private final int limit;
    private final List<FinishedJob> jobs = new ArrayList<>();
    private HistoryCursor cursor;
    private int scannedBlocks;
    private int missing;

    PageBuilder(HistoryFilter filter, HistoryCursor cursor, int limit) {
        this.filter = filter;
        this.cursor = cursor;
        this.limit = limit;
    }

    boolean wantsMore() {
        return jobs.size() < limit && scannedBlocks < HistoryStore.MAX_SCANNED_BLOCKS && !cursor.isAtEnd();
    }

    /// The highest block that may hold the next job.
    long nextBlock() {
        return cursor.ordinal() > 0 ? cursor.block() : cursor.block() - 1;
    }

    /// Says that the next block here is `number`, 0 for none; those between are missing.
    void passTo(long number) {
        if (cursor.block() != HistoryCursor.NEWEST.block()) {
            missing += (int) Math.min(Integer.MAX_VALUE, nextBlock() - number);
        }
        if (number < nextBlock()) {
            cursor = new HistoryCursor(number + 1, 0);
        }
    }

    /// Goes on through `block`, newest job first.
    void take(HistoryBlock block) {
        scannedBlocks++;
        List<FinishedJob> finished = block.jobs();
        boolean isResumed = cursor.block() == block.number();
        int ordinal = isResumed ? Math.min(cursor.ordinal(), finished.size()) : finished.size();
        while (ordinal > 0 && jobs.size() < limit) {
            ordinal--;
            if (filter.accepts(finished.get(ordinal))) {
                jobs.add(finished.get(ordinal));
            }
        }
        cursor = new HistoryCursor(block.number(), ordinal);
    }

    /// Passes over the next block, which is here but damaged.
    void skip() {
        scannedBlocks++;
        missing++;
        cursor = new HistoryCursor(nextBlock(), 0);
    }

    HistoryPage page() {
        return new HistoryPage(jobs, cursor, missing);
    }
}

package io.muster.state;

import io.muster.encoding.Invariant;
import io.muster.log.CommittedBatch;
import io.muster.log.CommittedBatch.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The batches that were applied here last, for people who want to see the log go by. They are no part of what the
/// cluster knows: neither digest nor snapshot holds them, and a node begins without any.
public final class RecentBatches {
    /// Seconds of a busy cluster, minutes of a quiet one.
    static final int MAX_BATCHES = 512;

    /// What their bodies may keep of the heap; the newest batch is kept whatever its size.
    static final int MAX_BYTES = 4 << 20;

    private final Deque<CommittedBatch> batches = new ArrayDeque<>();
    private long bytes;

    /// Adds the next batch, without its proposals: whoever made them must not be kept alive by it.
    void add(CommittedBatch batch) {
        batches.addLast(new CommittedBatch(
                batch.firstIndex(), batch.count(), batch.term(), batch.time(), batch.content(), List.of()));
        bytes += size(batch);
        while (batches.size() > MAX_BATCHES || bytes > MAX_BYTES && batches.size() > 1) {
            bytes -= size(batches.removeFirst());
        }
    }

    /// The index of the first entry that is still here; 0 where there is none.
    public long firstIndex() {
        return batches.isEmpty() ? 0 : batches.getFirst().firstIndex();
    }

    /// The batches of the first `limit` entries behind `after`, as far as they are still here.
    public List<CommittedBatch> after(long after, int limit) {
        Invariant.check(limit > 0, "somebody who asks for entries wants one at least");
        var found = new ArrayList<CommittedBatch>();
        for (CommittedBatch batch : batches) {
            if (batch.lastIndex() > after && batch.firstIndex() <= Math.max(after + 1, firstIndex()) + limit - 1) {
                found.add(batch);
            }
        }
        return found;
    }

    private static int size(CommittedBatch batch) {
        return batch.content() instanceof Content.Commands(var body) ? body.size() : 0;
    }
}

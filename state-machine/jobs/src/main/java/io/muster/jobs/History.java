package io.muster.jobs;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The open history block, and the closed ones that nobody has fetched yet.
///
/// A block is closed when it holds [JobLimits#MAX_BLOCK_JOBS] jobs or [JobLimits#MAX_BLOCK_BYTES]: both depend on the
/// log alone, so every node cuts at the same places.
final class History {
    private final List<FinishedJob> open = new ArrayList<>();
    private final BinaryWriter body = new BinaryWriter(1 << 12);
    private List<HistoryBlock> closed = new ArrayList<>();
    private long number;

    History() {
        number = 1;
        body.u8(HistoryCodec.VERSION);
    }

    /// Goes on where a snapshot was taken: the open block gets the number that it had.
    void restore(long openNumber) {
        Invariant.check(open.isEmpty(), "a history is restored before it holds anything");
        number = openNumber;
    }

    /// Takes a finished job; says which block holds it.
    long add(FinishedJob job) {
        long block = number;
        open.add(job);
        HistoryCodec.write(body, job);
        if (open.size() >= JobLimits.MAX_BLOCK_JOBS || body.size() >= JobLimits.MAX_BLOCK_BYTES) {
            close();
        }
        return block;
    }

    long openNumber() {
        return number;
    }

    /// The jobs of the open block, in the order in which they finished.
    List<FinishedJob> open() {
        return List.copyOf(open);
    }

    /// How `job` ended last, if the open block holds it.
    @Nullable FinishedJob find(JobId job) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).id().equals(job)) {
                return open.get(i);
            }
        }
        return null;
    }

    /// The body of the open block so far.
    Bytes body() {
        return Bytes.wrap(body.toBytes());
    }

    boolean hasClosed() {
        return !closed.isEmpty();
    }

    /// The blocks closed since the last call.
    List<HistoryBlock> takeClosed() {
        if (closed.isEmpty()) {
            return List.of();
        }
        List<HistoryBlock> taken = closed;
        closed = new ArrayList<>();
        return taken;
    }

    private void close() {
        JobId lowest = open.getFirst().id();
        JobId highest = lowest;
        for (FinishedJob job : open) {
            lowest = job.id().compareTo(lowest) < 0 ? job.id() : lowest;
            highest = job.id().compareTo(highest) > 0 ? job.id() : highest;
        }
        Bytes content = body();
        closed.add(new HistoryBlock(
                number,
                open.getFirst().finishedIndex(),
                open.getLast().finishedIndex(),
                lowest,
                highest,
                open.size(),
                content,
                Checksum.of(content.array())));
        number++;
        open.clear();
        body.clear();
        body.u8(HistoryCodec.VERSION);
    }
}

package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.util.List;

/// Finished jobs in the order in which they finished, closed and never changed again: the same bytes on every node.
///
/// @param number counts the blocks from 1
/// @param firstIndex the log entry at which its first job ended
/// @param lastIndex the log entry at which its last job ended
/// @param lowest the lowest job id in it
/// @param highest the highest job id in it
/// @param count how many jobs it holds
/// @param body the jobs, as [HistoryCodec] writes them
/// @param checksum CRC-32C of the body
public record HistoryBlock(
        long number,
        long firstIndex,
        long lastIndex,
        JobId lowest,
        JobId highest,
        int count,
        Bytes body,
        int checksum) {
    /// Whether the body is what its checksum says.
    public boolean isIntact() {
        return Checksum.of(body.array()) == checksum;
    }

    /// The jobs of this block; throws [MalformedException] where it is not intact.
    public List<FinishedJob> jobs() {
        if (!isIntact()) {
            throw new MalformedException("history block " + number + " does not match its checksum");
        }
        return HistoryCodec.readBody(body, count);
    }
}

package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.log.Entries;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.raft.Batch;
import io.muster.raftruntime.Mailbox.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's proposals on their way: waiting, offered to the core, standing in the log. What gathers
/// while the disk is busy becomes the next batch.
///
/// Each is told what became of it exactly once, whatever ends the loop: it has left its queue before it is told.
final class LocalProposals {
    private static final Logger log = LoggerFactory.getLogger(LocalProposals.class);

    /// Sixteen full batches: at a thousand writes a second that is a minute, at a hundred thousand half a second, after
    /// which an honest "try again" is worth more than a longer queue.
    static final int MAX_WAITING = 16 * Entries.MAX_COUNT;

    /// The same limit in bytes, for large commands.
    static final int MAX_WAITING_BYTES = 64 << 20;

    private static final Bounds BATCH = new Bounds(Entries.MAX_COUNT, Entries.SOFT_MAX_BYTES);

    private final Mailbox<Proposal> waiting =
            new Mailbox<>(new Bounds(MAX_WAITING, MAX_WAITING_BYTES), proposal -> proposal.envelope().length);
    private final InflightProposals inflight = new InflightProposals();
    private List<Proposal> offered = List.of();

    /// Adds a proposal, unless too many wait. From any thread; everything else is the loop's.
    Mailbox.Answer add(Proposal proposal) {
        int size = proposal.envelope().length;
        if (size > Entries.MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException(
                    "an entry of " + size + " bytes is over the limit of " + Entries.MAX_ENTRY_BYTES + ": split it");
        }
        return waiting.offer(proposal);
    }

    /// Whether nothing waits to be offered.
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Takes what waits and may be appended in `term` as the next batch; the others of it are told `otherwise`.
    /// Returns how many that leaves.
    int take(long term, Outcome otherwise) {
        offered = new ArrayList<>();
        for (Proposal proposal : waiting.take(BATCH)) {
            if (proposal.term() != 0 && proposal.term() != term) {
                tell(proposal, otherwise);
            } else {
                offered.add(proposal);
            }
        }
        return offered.size();
    }

    /// The body of the batch that was taken.
    Bytes body() {
        return Entries.join(offered.stream().map(Proposal::envelope).toList());
    }

    /// What was taken stands in the log as `batch`.
    void appended(Batch batch) {
        inflight.add(batch, offered);
        offered = List.of();
    }

    /// What was taken was not appended.
    void refused(Outcome reason) {
        var refused = offered;
        offered = List.of();
        refused.forEach(proposal -> tell(proposal, reason));
    }

    /// Nothing that waits now can be appended here.
    void refuseWaiting(Outcome reason) {
        waiting.take(BATCH).forEach(proposal -> tell(proposal, reason));
    }

    /// What stands in the log and is not delivered yet.
    InflightProposals inflight() {
        return inflight;
    }

    /// Gives up on what stands behind `commitIndex`: nobody knows whether it will be committed.
    void abandonAfter(long commitIndex, String reason) {
        inflight.abandonAfter(commitIndex, proposal -> tell(proposal, new Outcome.Unknown(reason)));
    }

    /// The loop has ended: nothing more is taken, and everyone is told.
    void end(Outcome notAppended, String reason) {
        waiting.close();
        while (!waiting.isEmpty()) {
            refuseWaiting(notAppended);
        }
        refused(new Outcome.Unknown(reason));
        abandonAfter(0, reason);
    }

    /// One proposer that fails over its answer does not cost the others theirs.
    private static void tell(Proposal proposal, Outcome outcome) {
        try {
            proposal.completed(outcome);
        } catch (RuntimeException e) {
            log.error("proposer failed outcome={}", outcome, e);
        }
    }
}

package io.muster.raft;

import io.muster.encoding.Invariant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this node has asked its disk for, and how much of that is done.
///
/// During a step it collects one write: the vote state, a cut, batches. At the step's end the write gets the next
/// ticket and is handed out. Completions may come in any order; only an unbroken run of them from the oldest counts.
/// A later cut lowers what earlier writes can prove: an append that completes after its entries were cut proves
/// nothing about the entries now standing there, even if they look the same (T12).
final class PendingWrites {
    private final ArrayDeque<Write> outstanding = new ArrayDeque<>();
    private VoteState state;
    private long lastTicket;
    private long doneTicket;
    private long stateTicket;

    private boolean isStateChanged;
    private Effect.Cut cut = Effect.Cut.NOTHING;
    private List<Batch> batches = new ArrayList<>();

    PendingWrites(VoteState stored) {
        state = stored;
    }

    /// The vote state to be in force, durable or not.
    VoteState state() {
        return state;
    }

    void change(VoteState next) {
        Invariant.check(next.term() >= state.term(), "a term never falls");
        Invariant.check(
                next.term() > state.term() || state.votedFor().isEmpty() || next.equals(state),
                "a vote is given once in a term");
        if (!next.equals(state)) {
            state = next;
            isStateChanged = true;
            stateTicket = lastTicket + 1;
        }
    }

    void append(Batch batch) {
        batches.add(batch);
    }

    /// Everything from `index` on is to go, also where it was asked for earlier in this very step.
    void cutFrom(long index) {
        cut = switch (cut) {
            case Effect.Cut.Nothing _ -> new Effect.Cut.From(index);
            case Effect.Cut.From(long earlier) -> new Effect.Cut.From(Math.min(earlier, index));
            case Effect.Cut.Everything everything -> everything;
        };
        batches.removeIf(batch -> batch.firstIndex() >= index);
        for (Write write : outstanding) {
            write.reach = Math.min(write.reach, index - 1);
        }
    }

    /// Everything is to go, and the log to begin behind `base`: no earlier write proves anything about
    /// what comes.
    void beginAnew(LogStart base) {
        cut = new Effect.Cut.Everything(base);
        batches.clear();
        for (Write write : outstanding) {
            write.reach = 0;
        }
    }

    /// The write of this step, if it needs one.
    Optional<Effect.Persist> collect(long tick) {
        if (!isCollecting()) {
            return Optional.empty();
        }
        long reach = batches.isEmpty() ? emptyReach() : batches.getLast().lastIndex();
        outstanding.addLast(new Write(++lastTicket, reach, tick));
        var persist = new Effect.Persist(lastTicket, state, isStateChanged, cut, batches);
        isStateChanged = false;
        cut = Effect.Cut.NOTHING;
        batches = new ArrayList<>();
        return Optional.of(persist);
    }

    /// Takes note that `ticket` is done; returns the last entry that is proven durable by it, 0 if none.
    long complete(long ticket) {
        for (Write write : outstanding) {
            if (write.ticket == ticket) {
                write.isDone = true;
                break;
            }
        }
        long reach = 0;
        while (!outstanding.isEmpty() && outstanding.getFirst().isDone) {
            var write = outstanding.removeFirst();
            doneTicket = write.ticket;
            reach = Math.max(reach, write.reach);
        }
        return reach;
    }

    /// The ticket after which everything asked for until now is durable, this step included.
    long ticketOfAll() {
        return isCollecting() ? lastTicket + 1 : lastTicket;
    }

    /// The ticket after which the vote state is durable.
    long ticketOfState() {
        return stateTicket;
    }

    boolean isDone(long ticket) {
        return ticket <= doneTicket;
    }

    boolean isStateDurable() {
        return isDone(stateTicket);
    }

    /// Whether the disk has been silent on its oldest write for at least `ticks` (T40).
    boolean isStalled(long tick, int ticks) {
        return !outstanding.isEmpty() && tick - outstanding.getFirst().askedAt >= ticks;
    }

    /// What a write without batches proves: a log that begins behind a base holds what is up to there.
    private long emptyReach() {
        return cut instanceof Effect.Cut.Everything(LogStart base) ? base.index() : 0;
    }

    private boolean isCollecting() {
        return isStateChanged || !cut.equals(Effect.Cut.NOTHING) || !batches.isEmpty();
    }

    private static final class Write {
        private final long ticket;
        private final long askedAt;
        private long reach;
        private boolean isDone;

        Write(long ticket, long reach, long askedAt) {
            this.ticket = ticket;
            this.reach = reach;
            this.askedAt = askedAt;
        }
    }
}

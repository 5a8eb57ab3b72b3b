package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hands leadership over (thesis §3.10), one hand-over at a time.
///
/// ```
///   asked ─▶ CatchingUp ── has what there was ─▶ Holding ── has all, and all is committed ─▶ Told ─▶ Done
///                │                                  │                                         │
///                └──────────── deadline ────────────┴──────────── deadline, Failed ◀──────────┘
/// ```
///
/// Proposals are taken while the successor catches up, and held back after that for an election timeout
/// at the most: every stage has a deadline, after which this node leads on (T41). As the successor is
/// told only when everything is committed, nobody who proposed here is left without an answer.
///
/// Before the successor is told, this node's lease ends for the rest of its term: voters grant a vote
/// that the leader wished for although they hear it, and the word may reach the successor at any later
/// time (T52).
final class LeadershipTransfer {
    /// The ticket of a hand-over that nobody asked for.
    private static final long NOBODY = 0;

    private final NodeContext context;
    private final CurrentRole role;
    private @Nullable Underway underway;
    private Stage stage = new CatchingUp(0);

    /// A wish that is not answered.
    ///
    /// @param term the one that is to end
    /// @param tick when it was made
    private record Underway(long ticket, NodeId successor, long term, long tick) {}

    private sealed interface Stage {}

    /// The successor has yet to acknowledge what the log held when it was chosen, up to `goal`.
    private record CatchingUp(long goal) implements Stage {}

    /// Nothing more is appended, since tick `since`.
    private record Holding(long since) implements Stage {}

    /// The successor was told to take over, last in tick `last`.
    private record Told(long since, long last) implements Stage {}

    LeadershipTransfer(NodeContext context, CurrentRole role) {
        this.context = context;
        this.role = role;
    }

    void ask(Input.TransferAsked asked, long tick) {
        LeaderState leader = role.leading().orElse(null);
        if (leader == null) {
            refuse(asked, "this node does not lead");
        } else if (underway != null) {
            refuse(asked, "leadership is being handed over to " + underway.successor() + " already");
        } else {
            switch (asked.to()) {
                case Successor.Anyone _ ->
                    readiest(leader)
                            .ifPresentOrElse(
                                    replica -> begin(asked.ticket(), replica.id(), tick),
                                    () -> refuse(asked, "no other voter is up to date with this leader"));
                case Successor.Named(NodeId node)
                when node.equals(context.self()) ->
                    answer(asked.ticket(), new TransferAnswer.Done(node, context.term()));
                case Successor.Named(NodeId node)
                when context.configuration().voters().contains(node) -> begin(asked.ticket(), node, tick);
                case Successor.Named(NodeId node) -> refuse(asked, node + " has no vote, so it cannot lead");
            }
        }
    }

    /// This leader was removed, or gave its vote up, and that is committed: it hands over, and stops
    /// leading in any case. It was needed until now, since a configuration can only be committed by who
    /// leads (thesis §4.2.2).
    void leave(long tick) {
        if (underway != null) {
            return;
        }
        role.leading()
                .flatMap(this::readiest)
                .ifPresentOrElse(replica -> begin(NOBODY, replica.id(), tick), role::resign);
    }

    /// Whether a hand-over is under way.
    boolean isUnderway() {
        return underway != null;
    }

    /// Whether this node leads and appends nothing more: it waits for its successor.
    boolean isHolding() {
        return underway != null && isLeadingIn(underway.term()) && !(stage instanceof CatchingUp);
    }

    /// Goes on as far as is possible at `tick`.
    void settle(long tick) {
        if (underway == null) {
            return;
        }
        Underway wish = underway;
        if (!isLeadingIn(wish.term()) && isSucceeded(wish)) {
            end(outcome(wish));
        } else if (tick >= deadline(wish)) {
            end(new TransferAnswer.Failed(complaint(wish)));
        } else if (isLeadingIn(wish.term())) {
            role.leading()
                    .flatMap(leader -> leader.replication().replica(wish.successor()))
                    .ifPresent(replica -> advance(replica, tick));
        }
    }

    private void begin(long ticket, NodeId successor, long tick) {
        underway = new Underway(ticket, successor, context.term(), tick);
        stage = new CatchingUp(context.log().lastIndex());
    }

    private void advance(Replica successor, long tick) {
        if (stage instanceof CatchingUp(long goal) && successor.match() >= goal) {
            stage = new Holding(tick);
        }
        long last = context.log().lastIndex();
        if (stage instanceof Holding(long since)
                && successor.match() == last
                && context.log().commitIndex() == last) {
            context.outbox().add(new Effect.LeaseGivenUp());
            tell(successor, since, tick);
            resignIfRemoved();
        } else if (stage instanceof Told(long since, long lastTold)
                && tick - lastTold >= context.config().heartbeatTicks()) {
            tell(successor, since, tick);
        }
    }

    private void tell(Replica successor, long since, long tick) {
        stage = new Told(since, tick);
        context.send(successor.id(), new Message.TimeoutNow(context.term()));
    }

    /// Nobody sends anything to a leader that is no member any more: it would not learn that it was
    /// replaced.
    private void resignIfRemoved() {
        if (underway != null && underway.ticket() == NOBODY) {
            underway = null;
            role.resign();
        }
    }

    private boolean isSucceeded(Underway wish) {
        return context.term() > wish.term() && role.leader().isPresent();
    }

    private TransferAnswer outcome(Underway wish) {
        long term = context.term();
        NodeId leader = role.leader().orElseThrow();
        return leader.equals(wish.successor())
                ? new TransferAnswer.Done(leader, term)
                : new TransferAnswer.Failed(leader + " was elected in term " + term + ", not " + wish.successor());
    }

    private long deadline(Underway wish) {
        int held = context.config().electionTicksMax();
        return switch (stage) {
            case CatchingUp _ -> wish.tick() + context.config().transferTicks();
            case Holding(long since) -> since + held;
            case Told(long since, long _) -> since + held;
        };
    }

    private String complaint(Underway wish) {
        if (!isLeadingIn(wish.term())) {
            return "this node lost its leadership, and no leader was seen in time";
        }
        return switch (stage) {
            case CatchingUp(long goal) -> wish.successor() + " has not caught up with entry " + goal + " in time";
            case Holding _ -> "not everything was stored by " + wish.successor() + " and a majority in time";
            case Told _ -> wish.successor() + " was told to take over, and was not elected in time";
        };
    }

    /// The voter that acknowledged most, and of those the one that answered last. One that is being
    /// looked for or gets a snapshot would have to catch up first.
    private Optional<Replica> readiest(LeaderState leader) {
        return leader.replication().replicas().stream()
                .filter(replica -> context.configuration().voters().contains(replica.id()))
                .filter(replica -> replica.progress() instanceof Progress.Replicating)
                .max(Comparator.comparingLong(Replica::match)
                        .thenComparingLong(Replica::round)
                        .thenComparing(Replica::id, Comparator.reverseOrder()));
    }

    private boolean isLeadingIn(long term) {
        return context.term() == term && role.leading().isPresent();
    }

    private void refuse(Input.TransferAsked asked, String reason) {
        answer(asked.ticket(), new TransferAnswer.Refused(reason));
    }

    private void end(TransferAnswer answer) {
        Underway ended = underway;
        underway = null;
        if (ended == null) {
            return;
        }
        if (ended.ticket() != NOBODY) {
            answer(ended.ticket(), answer);
        } else if (isLeadingIn(ended.term())) {
            role.resign();
        }
    }

    private void answer(long ticket, TransferAnswer answer) {
        context.outbox().add(new Effect.TransferEnded(ticket, answer));
    }
}

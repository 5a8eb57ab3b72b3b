package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import java.util.Comparator;
import java.util.Optional;

/// Hands leadership over (thesis §3.10), one hand-over at a time.
///
/// ```
///   Idle ─asked─▶ CatchingUp ─has what there was─▶ Holding ─has all, committed─▶ Told ─▶ Idle
///                      └── too late ──▶ Idle ◀── too late ──┘
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
    private final NodeContext context;
    private final CurrentRole role;
    private Stage stage = new Idle();

    private sealed interface Stage {}

    /// Nobody has asked, or everybody is answered.
    private record Idle() implements Stage {}

    /// A wish is not answered yet.
    private sealed interface Underway extends Stage {
        Wish wish();
    }

    /// What is wished for.
    ///
    /// @param term the one that is to end
    /// @param tick when the wish came up
    private record Wish(Cause cause, NodeId successor, long term, long tick) {}

    /// Why a hand-over began.
    private sealed interface Cause {
        /// Somebody asked, and waits for an answer.
        record Asked(long ticket) implements Cause {}

        /// The leader is no voter any more.
        record Parting() implements Cause {}
    }

    /// The successor has yet to acknowledge what the log held when it was chosen, up to `goal`.
    private record CatchingUp(Wish wish, long goal) implements Underway {}

    /// Nothing more is appended, since tick `since`.
    private record Holding(Wish wish, long since) implements Underway {}

    /// The successor was told to take over, last in tick `last`.
    private record Told(Wish wish, long since, long last) implements Underway {}

    LeadershipTransfer(NodeContext context, CurrentRole role) {
        this.context = context;
        this.role = role;
    }

    void ask(Input.TransferAsked asked, long tick) {
        LeaderState leader = role.leading().orElse(null);
        if (leader == null) {
            refuse(asked, "this node does not lead");
        } else if (stage instanceof Underway underway) {
            refuse(
                    asked,
                    "leadership is being handed over to " + underway.wish().successor() + " already");
        } else {
            switch (asked.to()) {
                case Successor.Anyone _ ->
                    readiest(leader)
                            .ifPresentOrElse(
                                    replica -> begin(new Cause.Asked(asked.ticket()), replica.id(), tick),
                                    () -> refuse(asked, "no other voter is up to date with this leader"));
                case Successor.Named(NodeId node)
                when node.equals(context.self()) ->
                    answer(asked.ticket(), new TransferAnswer.Done(node, context.term()));
                case Successor.Named(NodeId node)
                when context.configuration().voters().contains(node) ->
                    begin(new Cause.Asked(asked.ticket()), node, tick);
                case Successor.Named(NodeId node) -> refuse(asked, node + " has no vote, so it cannot lead");
            }
        }
    }

    /// This leader was removed, or gave its vote up, and that is committed: it hands over, and stops
    /// leading in any case. It was needed until now, since a configuration can only be committed by who
    /// leads (thesis §4.2.2).
    void leave(long tick) {
        if (!isUnderway()) {
            role.leading()
                    .flatMap(this::readiest)
                    .ifPresentOrElse(replica -> begin(new Cause.Parting(), replica.id(), tick), role::resign);
        }
    }

    /// Whether a hand-over is under way.
    boolean isUnderway() {
        return stage instanceof Underway;
    }

    /// Whether this node leads and appends nothing more: it waits for its successor.
    boolean isHolding() {
        return switch (stage) {
            case Idle _, CatchingUp _ -> false;
            case Holding(Wish wish, long _) -> isLeadingIn(wish.term());
            case Told(Wish wish, long _, long _) -> isLeadingIn(wish.term());
        };
    }

    /// Goes on as far as is possible at `tick`.
    void settle(long tick) {
        if (stage instanceof Underway underway) {
            settle(underway, tick);
        }
    }

    private void settle(Underway underway, long tick) {
        Wish wish = underway.wish();
        if (!isLeadingIn(wish.term()) && isSucceeded(wish)) {
            end(wish, outcome(wish));
        } else if (tick >= deadline(underway)) {
            end(wish, new TransferAnswer.Failed(complaint(underway)));
        } else if (isLeadingIn(wish.term())) {
            role.leading()
                    .flatMap(leader -> leader.replication().replica(wish.successor()))
                    .ifPresent(replica -> advance(underway, replica, tick));
        }
    }

    private void begin(Cause cause, NodeId successor, long tick) {
        var wish = new Wish(cause, successor, context.term(), tick);
        stage = new CatchingUp(wish, context.log().lastIndex());
    }

    private void advance(Underway underway, Replica successor, long tick) {
        switch (underway) {
            case CatchingUp(Wish wish, long goal) -> {
                if (successor.match() >= goal) {
                    var holding = new Holding(wish, tick);
                    stage = holding;
                    advance(holding, successor, tick);
                }
            }
            case Holding(Wish wish, long since) -> {
                long last = context.log().lastIndex();
                if (successor.match() == last && context.log().commitIndex() == last) {
                    context.outbox().add(new Effect.LeaseGivenUp());
                    tell(wish, since, tick);
                    resignIfParting(wish);
                }
            }
            case Told(Wish wish, long since, long last) -> {
                if (tick - last >= context.config().times().heartbeatTicks()) {
                    tell(wish, since, tick);
                }
            }
        }
    }

    private void tell(Wish wish, long since, long tick) {
        stage = new Told(wish, since, tick);
        context.send(wish.successor(), new Message.TimeoutNow(context.term()));
    }

    /// Nobody sends anything to a leader that is no member any more: it would not learn that it was
    /// replaced.
    private void resignIfParting(Wish wish) {
        if (wish.cause() instanceof Cause.Parting) {
            stage = new Idle();
            role.resign();
        }
    }

    private boolean isSucceeded(Wish wish) {
        return context.term() > wish.term() && role.leader().isPresent();
    }

    private TransferAnswer outcome(Wish wish) {
        long term = context.term();
        NodeId leader = role.leader().orElseThrow();
        return leader.equals(wish.successor())
                ? new TransferAnswer.Done(leader, term)
                : new TransferAnswer.Failed(leader + " was elected in term " + term + ", not " + wish.successor());
    }

    private long deadline(Underway underway) {
        RaftConfig.Times times = context.config().times();
        return switch (underway) {
            case CatchingUp(Wish wish, long _) -> wish.tick() + times.transferTicks();
            case Holding(Wish _, long since) -> since + times.electionTicksMax();
            case Told(Wish _, long since, long _) -> since + times.electionTicksMax();
        };
    }

    private String complaint(Underway underway) {
        Wish wish = underway.wish();
        if (!isLeadingIn(wish.term())) {
            return "this node lost its leadership, and no leader was seen in time";
        }
        return switch (underway) {
            case CatchingUp(Wish _, long goal) ->
                wish.successor() + " has not caught up with entry " + goal + " in time";
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

    private void end(Wish wish, TransferAnswer answer) {
        stage = new Idle();
        switch (wish.cause()) {
            case Cause.Asked(long ticket) -> answer(ticket, answer);
            case Cause.Parting() -> {
                if (isLeadingIn(wish.term())) {
                    role.resign();
                }
            }
        }
    }

    private void answer(long ticket, TransferAnswer answer) {
        context.outbox().add(new Effect.TransferEnded(ticket, answer));
    }
}

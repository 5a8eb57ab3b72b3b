package io.muster.raft;

import io.muster.encoding.Invariant;

/// The leader's rounds of heartbeats. A round that a quorum answered proves that nobody else was elected before it
/// began; reads and the leadership lease rest on that.
final class Rounds {
    private final NodeContext context;
    private final Replication replication;
    private final Tickets numbers;
    private long confirmed;

    /// @param numbers where round numbers come from; no two terms of a node share one (T50)
    Rounds(NodeContext context, Replication replication, Tickets numbers) {
        this.context = context;
        this.replication = replication;
        this.numbers = numbers;
        confirmed = numbers.last();
    }

    /// The number of the round that will be sent next.
    long next() {
        return numbers.last() + 1;
    }

    /// The newest round that a quorum answered.
    long confirmed() {
        return confirmed;
    }

    boolean isUnderWay() {
        return numbers.last() > confirmed;
    }

    /// Sends the next round. A follower is told to commit only what it is known to hold.
    void send() {
        long round = numbers.next();
        context.outbox().add(new Effect.RoundSent(round));
        for (Replica replica : replication.replicas()) {
            long known = Math.min(context.log().commitIndex(), replica.match());
            replica.toldInRound(round, known);
            context.send(replica.id(), new Message.Heartbeat(context.term(), round, known));
        }
        confirm();
    }

    void answered(Replica replica, long round) {
        Invariant.check(round <= numbers.last(), "nobody answers a round that was not sent");
        replica.answeredRound(round);
        confirm();
    }

    private void confirm() {
        long agreed = context.configuration()
                .agreed(node -> node.equals(context.self())
                        ? numbers.last()
                        : replication.replica(node).map(Replica::round).orElse(0L));
        if (agreed > confirmed) {
            confirmed = agreed;
            context.outbox().add(new Effect.RoundConfirmed(agreed));
        }
    }
}

package io.muster.exchange;

import java.util.List;

/// The leader's answer: the delta between what the worker said and what the ledger holds.
///
/// @param acknowledged results that the ledger has taken, durably; the worker forgets them
/// @param claims runs that the worker is to have and does not
/// @param drop runs that the worker has and is not to have
/// @param leaseMillis for how long the worker may trust its claims, counted from before it sent the request
/// @param leader who answers, and where to reach it directly
/// @param term the leader's term
/// @param index up to where the leader had applied the log; with the term, it tells an old answer from a new one
/// @param more there are further claims, for which this answer had no room: an exchange at once brings them
public record ExchangeReply(
        long sequence,
        List<AttemptId> acknowledged,
        List<ClaimedRun> claims,
        List<DroppedRun> drop,
        int leaseMillis,
        LeaderHint leader,
        long term,
        long index,
        boolean more)
        implements ExchangeAnswer {
    public ExchangeReply {
        acknowledged = List.copyOf(acknowledged);
        claims = List.copyOf(claims);
        drop = List.copyOf(drop);
    }

    /// A reply that holds all there is to say.
    public ExchangeReply(
            long sequence,
            List<AttemptId> acknowledged,
            List<ClaimedRun> claims,
            List<DroppedRun> drop,
            int leaseMillis,
            LeaderHint leader,
            long term,
            long index) {
        this(sequence, acknowledged, claims, drop, leaseMillis, leader, term, index, false);
    }
}

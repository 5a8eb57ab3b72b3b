package io.muster.log;

import java.util.Optional;

/// Who leads, in which term, and whether that is this node.
///
/// `trustedUntilNanos` gates acts that leave the cluster and carry a fence. Reads never rely on it:
/// they use a barrier. It is measured on the local monotonic clock from *before* the round that renewed
/// it, and lapses by itself. A leader that hands over gives it up before that: whoever acts by it asks
/// the engine anew for each act.
///
/// @param term the highest term seen here
/// @param leader who leads in that term, where known
/// @param isMine whether this node leads
/// @param trustedUntilNanos the local monotonic instant at which this node must stop believing in its own leadership;
///     meaningless unless `isMine`

public record Leadership(long term, Optional<NodeId> leader, boolean isMine, long trustedUntilNanos) {
    /// Nobody is known to lead in `term`.
    public static Leadership unknown(long term) {
        return new Leadership(term, Optional.empty(), false, 0);
    }

    /// Whether this node may still act as leader at the monotonic instant `nowNanos`.
    public boolean isTrustedAt(long nowNanos) {
        return isMine && nowNanos - trustedUntilNanos < 0;
    }
}

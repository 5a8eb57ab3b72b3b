package io.muster.dispatch;

import io.muster.exchange.LeaderHint;
import java.util.Optional;

/// The node that a worker is told to turn to.
public interface LeaderHints {
    /// The node that answers.
    LeaderHint self();

    /// The node that leads, as far as the one that answers knows; none while no leader is known.
    Optional<LeaderHint> leader();
}

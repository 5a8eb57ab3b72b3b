package io.muster.dispatch;

import io.muster.exchange.LeaderHint;
import java.util.Optional;

/// Whom a worker is told to speak to.
public interface LeaderHints {
    /// The node that answers.
    LeaderHint self();

    /// The node that leads, as far as the one that answers knows; none while no leader is known.
    Optional<LeaderHint> leader();
}

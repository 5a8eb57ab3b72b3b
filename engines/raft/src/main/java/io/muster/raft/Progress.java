package io.muster.raft;

/// How a leader is feeding one follower. `next` is the first index it has not been sent.
///
/// ```
///            accepted                      rejected, or the follower restarted: a new session
///   Probing ──────────▶ Replicating        Replicating ──────────────────────────────────────▶ Probing
///   one append at a time                   silent for too long: same session, an empty question
///                                          Replicating ──────────────────────────────────────▶ Probing
/// ```
sealed interface Progress {
    long next();

    /// Where the logs agree is not known: one append, then wait for its answer.
    ///
    /// @param isWaiting whether the append was sent
    /// @param isEmpty whether it carries no batches: it only asks, since what it would carry may be there already
    record Probing(long next, boolean isWaiting, boolean isEmpty) implements Progress {}

    /// The logs agree up to what is on its way: appends follow each other without waiting (pipelining).
    final class Replicating implements Progress {
        private final InflightWindow inflight = new InflightWindow();
        private long next;

        Replicating(long next) {
            this.next = next;
        }

        @Override
        public long next() {
            return next;
        }

        InflightWindow inflight() {
            return inflight;
        }

        void sent(long lastIndex, int size) {
            inflight.add(lastIndex, size);
            next = lastIndex + 1;
        }

        void accepted(long match) {
            inflight.freeTo(match);
            next = Math.max(next, match + 1);
        }
    }
}

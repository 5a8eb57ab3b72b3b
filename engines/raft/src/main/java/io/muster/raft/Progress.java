package io.muster.raft;

import io.muster.log.SnapshotMeta;

/// How a leader is feeding one follower. `next` is the first index it has not been sent.
///
/// ```
///            accepted                      rejected, or the follower restarted: a new session
///   Probing ──────────▶ Replicating        Replicating ──────────────────────────────────────▶ Probing
///   one append at a time                   silent for too long: same session, an empty question
///                                          Replicating ──────────────────────────────────────▶ Probing
///                                           a read finds that the log no longer has `next`
///   Probing, Replicating ─────────────────────────────────────────────────────▶ Installing
///            accepted, with the snapshot's last entry
///   Installing ──────────────────────────────────────▶ Replicating
///            no news for very long, or the snapshot is lost: a new session
///   Installing ──────────────────────────────────────────────────────────────▶ Probing
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

    /// What it needs next was compacted: it gets a snapshot, one piece at a time (Raft §7).
    ///
    /// @param meta which snapshot
    /// @param stage what is done next
    /// @param offset where in the file it has come to
    /// @param newsTick when it last came further
    record Installing(SnapshotMeta meta, Stage stage, long offset, long newsTick) implements Progress {
        @Override
        public long next() {
            return meta.lastIndex() + 1;
        }

        Installing toAsk() {
            return new Installing(meta, Stage.TO_ASK, offset, newsTick);
        }

        Installing asked() {
            return new Installing(meta, Stage.ASKED, offset, newsTick);
        }

        Installing sent() {
            return new Installing(meta, Stage.SENT, offset, newsTick);
        }

        /// It lacks what comes from `from` on, of `source`.
        Installing wanted(SnapshotMeta source, long from, long tick) {
            return new Installing(source, Stage.TO_READ, from, from > offset ? tick : newsTick);
        }

        /// How far the sending of one piece has come.
        enum Stage {
            /// It is asked how much it has.
            TO_ASK,
            /// Its answer is awaited.
            ASKED,
            /// The piece at the offset is read.
            TO_READ,
            /// The piece was sent, and its answer is awaited.
            SENT
        }
    }
}

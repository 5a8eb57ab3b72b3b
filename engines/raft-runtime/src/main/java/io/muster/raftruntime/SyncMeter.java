package io.muster.raftruntime;

import io.muster.log.EngineReport;

/// How long the loop's writes take until the disk has synced them, as the loop sees it. Writes that are
/// asked for while one is under way are counted from the moment it ended. Owned by the loop's thread.
final class SyncMeter {
    /// A disk that was slow for a moment shows for at least that long, and no longer than twice that.
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private long asked;
    private long awaited;
    private long sinceNanos;
    private long lastNanos;
    private long slowestNanos;
    private long slowestBeforeNanos;
    private long windowNanos;

    /// The write `ticket` was handed to the store.
    void asked(long ticket, long nowNanos) {
        asked = ticket;
        if (awaited == 0) {
            awaited = ticket;
            sinceNanos = nowNanos;
        }
    }

    /// The write `ticket` is synced, and so is every one before it.
    void done(long ticket, long nowNanos) {
        if (awaited == 0 || ticket < awaited) {
            return;
        }
        if (nowNanos - windowNanos > WINDOW_NANOS) {
            slowestBeforeNanos = nowNanos - windowNanos > 2 * WINDOW_NANOS ? 0 : slowestNanos;
            slowestNanos = 0;
            windowNanos = nowNanos;
        }
        lastNanos = nowNanos - sinceNanos;
        slowestNanos = Math.max(slowestNanos, lastNanos);
        awaited = ticket < asked ? asked : 0;
        sinceNanos = nowNanos;
    }

    /// Whether a write has not reached the disk yet.
    boolean isSyncing() {
        return awaited != 0;
    }

    /// How the disk does, of whose log `roomBytes` are left.
    EngineReport.Disk disk(long nowNanos, long roomBytes) {
        boolean isOld = nowNanos - windowNanos > 2 * WINDOW_NANOS;
        return new EngineReport.Disk(
                lastNanos,
                isOld ? 0 : Math.max(slowestNanos, slowestBeforeNanos),
                awaited == 0 ? 0 : nowNanos - sinceNanos,
                roomBytes);
    }
}

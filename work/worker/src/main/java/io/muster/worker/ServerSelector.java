package io.muster.worker;

import io.muster.exchange.LeaderHint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which server to try next, and after which pause.
///
/// Every known server is tried once without a pause, because one of the others most likely leads already; then the
/// pauses double with every round, up to half a second, spread a little so that the workers of a lost leader do not
/// all knock at once. A server that somebody names as the leader goes first, unless it was just found unreachable:
/// followers go on naming a dead leader until they have elected another.
final class ServerSelector {
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long SHUNNED_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MAX_DOUBLINGS = 6;

    private final List<String> addresses;
    private final long spread;
    private int next;
    private int failures;
    private @Nullable String named;
    private @Nullable String shunned;
    private long shunnedUntilNanos;

    /// @param spread any number that differs from worker to worker
    ServerSelector(List<String> addresses, long spread) {
        this.addresses = addresses;
        this.spread = spread;
    }

    /// The server to try now.
    String choose() {
        String hint = named;
        named = null;
        if (hint != null) {
            return hint;
        }
        String address = addresses.get(next);
        next = (next + 1) % addresses.size();
        return address;
    }

    /// Notes who leads; followed by [#choose] unless that server was found unreachable lately.
    void named(LeaderHint leader, long nowNanos) {
        if (!isShunned(leader.apiAddress(), nowNanos)) {
            named = leader.apiAddress();
        }
    }

    /// Whether a worker that talks to `address` should talk to `leader` instead.
    boolean isBetter(LeaderHint leader, String address, long nowNanos) {
        return !leader.apiAddress().equals(address) && !isShunned(leader.apiAddress(), nowNanos);
    }

    /// Notes that `address` could not be reached, or fell silent.
    void unreachable(String address, long nowNanos) {
        shunned = address;
        shunnedUntilNanos = nowNanos + SHUNNED_NANOS;
        if (addresses.get(next).equals(address)) {
            next = (next + 1) % addresses.size();
        }
    }

    /// Notes that a try came to nothing.
    void failed() {
        failures++;
    }

    /// Notes that a server served an exchange at `address`.
    void served(String address) {
        failures = 0;
        if (address.equals(shunned)) {
            shunned = null;
        }
    }

    /// How long to wait before the next try.
    ///
    /// @param retryAfterMillis how long the last server wants to be left alone; heeded if there is no other
    long pauseNanos(int retryAfterMillis) {
        long wanted = addresses.size() == 1 ? Math.min(LONGEST_PAUSE_NANOS, retryAfterMillis * 1_000_000L) : 0;
        return Math.max(wanted, pauseNanos());
    }

    /// How long to wait before the next try.
    long pauseNanos() {
        int round = failures / addresses.size();
        if (round == 0) {
            return 0;
        }
        long pause = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(MAX_DOUBLINGS, round - 1));
        return pause - Long.remainderUnsigned(scrambled(spread + failures), pause / 2);
    }

    private boolean isShunned(String address, long nowNanos) {
        return address.equals(shunned) && nowNanos < shunnedUntilNanos;
    }

    /// The finishing steps of SplitMix64 (Steele, Lea, Flood 2014): neighbouring numbers come out far apart.
    private static long scrambled(long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

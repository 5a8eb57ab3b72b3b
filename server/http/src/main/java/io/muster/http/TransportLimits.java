package io.muster.http;

import java.time.Duration;

/// How much, and for how long, a peer may keep of this server. Tests shorten and narrow what they test.
///
/// @param connections open connections in all: each costs tens of KiB, and file handles end at some thousands on an
///     untuned machine
/// @param perAddress open connections from one address: generous, since all of a company may come from one address and
///     everything on loopback does: a thousand workers with an old and a new channel each
/// @param head the head of a request must be there this long after its first byte, and the first request's after the
///     connection was opened
/// @param body a body must be there by then: the largest at 273 KiB a second
/// @param pace the slowest that a body may come
/// @param grace time to tell somebody who has missed a deadline that it was missed
/// @param whole a request must be answered and its answer read by then: far more than any route waits for, and than the
///     largest answer needs on a slow line
/// @param hearing a worker says something every second. A channel on which nothing whole was said for this long, or an
///     answer was not read, is of no use: its worker is lost since long
/// @param channels of all workers at this node: as many as there may be workers, each on its old and its new one
/// @param bytes of requests, channels and answers under way
public record TransportLimits(
        int connections,
        int perAddress,
        Duration head,
        Duration body,
        Pace pace,
        Duration grace,
        Duration whole,
        Duration hearing,
        int channels,
        long bytes) {
    /// What every server runs with.
    public static final TransportLimits USUAL = new TransportLimits(
            4_096,
            2_048,
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            new Pace(Duration.ofSeconds(10), 1 << 10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            2_048,
            Admission.MAX_BYTES);

    /// The slowest that a body may come: a twentieth of the slowest line that people use.
    ///
    /// @param after from then on it counts
    /// @param bytesPerSecond on average since then
    public record Pace(Duration after, int bytesPerSecond) {
        /// Whether a connection that has sent only `size` bytes in so many milliseconds is too slow to
        /// keep.
        boolean isMissed(long size, long millis) {
            long counted = millis - after.toMillis();
            return counted > 0 && size < counted * bytesPerSecond / 1_000;
        }
    }
}

package io.muster.worker;

import java.time.Duration;

/// How long a worker waits for what.
///
/// @param beat the longest time between two exchanges; three missed ones and the leader takes the worker for lost
/// @param answer after which an unanswered exchange or an unopened channel is given up. As long as a beat: then two
///     servers can be tried before a lease of three beats lapses
/// @param linger how long a result waits for those of runs beside it, so that a burst of short runs is reported in one
///     exchange instead of in two, the first of which carries a single result. Far below what a round of the log costs
/// @param drain how long a draining worker waits for its runs before it gives them back
/// @param stopGrace how long, after that, it waits for stopped runs and for a server that takes their results
/// @param denial how long servers may refuse the worker's key before it gives up: far longer than a node takes to
///     learn of a new key
public record WorkerTimes(
        Duration beat, Duration answer, Duration linger, Duration drain, Duration stopGrace, Duration denial) {
    /// What suits a cluster in one place.
    public static final WorkerTimes DEFAULT = new WorkerTimes(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofNanos(300_000),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    public WorkerTimes {
        if (!beat.isPositive() || !answer.isPositive() || linger.compareTo(beat) > 0) {
            throw new IllegalArgumentException("a worker cannot beat every " + beat + ", wait " + answer
                    + " for an answer and linger for " + linger + ": the first two must be positive, the last shorter");
        }
    }

    /// The same times with another patience while draining.
    public WorkerTimes withDrain(Duration next) {
        return new WorkerTimes(beat, answer, linger, next, stopGrace, denial);
    }

    /// The same times for a worker that never gives up because of its key: a node's own, whose key the cluster grants
    /// as soon as there is a leader.
    public WorkerTimes withoutDenial() {
        return new WorkerTimes(beat, answer, linger, drain, stopGrace, Duration.ofNanos(Long.MAX_VALUE));
    }
}

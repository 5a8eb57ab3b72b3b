package io.muster.objects;

import java.time.Duration;

/// How long a node waits before it throws objects away. Tests shorten them.
///
/// @param pin for how long an object stays after it came, or after this node last said that it holds it, whether the
///     log names it or not. It must outlast by far what a leader takes from that answer to its proposal
/// @param idle an upload that brings nothing for this long is given up
/// @param look how often a node compares what it holds with what the log names
public record ObjectTimes(Duration pin, Duration idle, Duration look) {
    /// What every node runs with.
    public static final ObjectTimes USUAL =
            new ObjectTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(2));
}

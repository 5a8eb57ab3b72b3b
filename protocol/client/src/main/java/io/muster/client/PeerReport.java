package io.muster.client;

import org.jspecify.annotations.Nullable;

/// Another voter as the node that reports sees it.
///
/// @param link `open` where messages to it go out, else why not: `connecting`, `refused`,
///     `unreachable`, `silent`,
///     `wrong-cluster`, `wrong-secret`, `wrong-identity`, `refuses-this-node`
/// @param reason the same as a sentence; `""` where they do
/// @param heardMillis how long ago it was last heard; absent where it never was
/// @param skewMillis how far its wall clock is ahead of the reporting node's; 0 where that was not
///     measured
public record PeerReport(
        String node, String link, String reason, @Nullable Long heardMillis, long skewMillis) {}

package io.muster.client;

/// A node that gave no report when it was asked for one.
///
/// @param why `refused`, `timed-out`, `unreachable`, `no-address` or `not-answered`
/// @param reason the same as a sentence
public record SilentNode(String node, String why, String reason) {}

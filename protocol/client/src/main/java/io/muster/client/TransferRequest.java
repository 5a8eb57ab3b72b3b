package io.muster.client;

import org.jspecify.annotations.Nullable;

/// Who is to lead from now on.
///
/// @param to the node; whichever other voter has come furthest, if left out
public record TransferRequest(@Nullable String to) {}

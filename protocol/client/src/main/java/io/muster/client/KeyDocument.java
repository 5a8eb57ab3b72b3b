package io.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An API key without its secret, which nobody keeps.
///
/// @param worker the only worker it may speak for, where it is bound to one
/// @param status `usable` or `revoked`
public record KeyDocument(
        String id, String name, String role, @Nullable String worker, String status, Instant createdAt) {}

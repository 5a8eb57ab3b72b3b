package io.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An API key without its secret, which nobody keeps.
public record KeyView(
        String id,
        String name,
        String role,
        @Nullable String worker,
        Instant createdAt,
        @Nullable Instant revokedAt) {}

package io.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An invitation without its secret, which nobody keeps.
///
/// @param id names it
/// @param node whom it lets in
/// @param replaces the voter in whose place that node comes; absent for none
/// @param status `open`, `expired`, `revoked`, `used` by a node that is on its way, or `settled`
/// @param identity which data folder came with it; absent until one did
public record InvitationDocument(
        String id,
        String node,
        @Nullable String replaces,
        String status,
        @Nullable String identity,
        Instant createdAt,
        Instant expiresAt) {}

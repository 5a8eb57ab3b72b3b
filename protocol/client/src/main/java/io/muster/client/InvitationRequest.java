package io.muster.client;

import org.jspecify.annotations.Nullable;

/// Asks for an invitation: `POST /v1/cluster/invitations`.
///
/// @param node whom it lets in; absent for the next free `node-N`
/// @param replaces the voter in whose place that node comes; absent for none
/// @param expiresSeconds for how long it can be used; absent for an hour
public record InvitationRequest(
        @Nullable String node,
        @Nullable String replaces,
        @Nullable Long expiresSeconds) {}

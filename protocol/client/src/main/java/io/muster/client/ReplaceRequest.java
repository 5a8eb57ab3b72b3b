package io.muster.client;

import io.muster.wire.Fields;

/// Asks that a learner votes in the place of a voter: `POST /v1/cluster/members/{id}:replace`.
///
/// @param by the learner
public record ReplaceRequest(String by) {
    public ReplaceRequest {
        by = Fields.present(by, "by");
    }
}

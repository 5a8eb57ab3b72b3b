package io.muster.client;

import io.muster.wire.Fields;

/// Says where a member is reached from now on: `POST /v1/cluster/members/{id}:move`.
///
/// @param nodeAddress where other nodes reach it, as `host:port`
/// @param apiAddress where its API answers, as `host:port`
public record MoveRequest(String nodeAddress, String apiAddress) {
    public MoveRequest {
        nodeAddress = Fields.present(nodeAddress, "nodeAddress");
        apiAddress = Fields.present(apiAddress, "apiAddress");
    }
}

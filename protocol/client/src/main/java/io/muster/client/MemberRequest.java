package io.muster.client;

import io.muster.wire.Fields;

/// Asks that a node is added as a learner: `POST /v1/cluster/members`.
///
/// @param node its name
/// @param identity which data folder it is, in 32 hexadecimal digits
/// @param nodeAddress where other nodes reach it, as `host:port`
/// @param apiAddress where its API answers, as `host:port`
public record MemberRequest(String node, String identity, String nodeAddress, String apiAddress) {
    public MemberRequest {
        node = Fields.present(node, "node");
        identity = Fields.present(identity, "identity");
        nodeAddress = Fields.present(nodeAddress, "nodeAddress");
        apiAddress = Fields.present(apiAddress, "apiAddress");
    }
}

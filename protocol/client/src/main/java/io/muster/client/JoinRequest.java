package io.muster.client;

import io.muster.wire.Fields;

/// What a node says that joins: `POST /v1/cluster/members:join`.
///
/// @param cluster which cluster it was invited to
/// @param invitation by which invitation
/// @param secret proves it, in 64 hexadecimal digits
/// @param node its name
/// @param identity which data folder it has begun, in 32 hexadecimal digits
/// @param nodeAddress where other nodes reach it, as `host:port`
/// @param apiAddress where its API answers, as `host:port`
/// @param aim `voter`, or `learner` where somebody is to promote it later
public record JoinRequest(
        String cluster,
        String invitation,
        String secret,
        String node,
        String identity,
        String nodeAddress,
        String apiAddress,
        String aim) {
    public JoinRequest {
        cluster = Fields.present(cluster, "cluster");
        invitation = Fields.present(invitation, "invitation");
        secret = Fields.present(secret, "secret");
        node = Fields.present(node, "node");
        identity = Fields.present(identity, "identity");
        nodeAddress = Fields.present(nodeAddress, "nodeAddress");
        apiAddress = Fields.present(apiAddress, "apiAddress");
        aim = Fields.present(aim, "aim");
    }

    /// Without the secret, so that it cannot slip into a log line.
    @Override
    public String toString() {
        return "JoinRequest[" + node + ", invitation " + invitation + "]";
    }
}

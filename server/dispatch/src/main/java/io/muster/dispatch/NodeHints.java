package io.muster.dispatch;

import io.muster.exchange.LeaderHint;
import io.muster.http.NodePort;
import io.muster.log.NodeId;
import java.util.Optional;

/// [LeaderHints] as this node knows them.
///
/// @param node this node
record NodeHints(NodePort node) implements LeaderHints {
    @Override
    public LeaderHint self() {
        return new LeaderHint(
                node.self().value(),
                node.apiAddress(node.self()).map(Object::toString).orElse(""));
    }

    @Override
    public Optional<LeaderHint> leader() {
        Optional<NodeId> leader = node.leadership().leader();
        return leader.flatMap(node::apiAddress)
                .map(address -> new LeaderHint(leader.orElseThrow().value(), address.toString()));
    }
}

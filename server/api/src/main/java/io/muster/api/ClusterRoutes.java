package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.ClusterDocument;
import io.muster.client.NodeDocument;
import io.muster.client.WorkerDocument;
import io.muster.client.WorkerPage;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.PeerAnswer;
import io.muster.http.PeerFanout;
import io.muster.http.Reads;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/v1/cluster`, `/v1/node` and `/v1/queues`: who is there, who leads, what waits.
final class ClusterRoutes {
    /// Where a node speaks of itself.
    static final String NODE = "/v1/node";

    private final ClusterPort cluster;
    private final Reads reads;
    private final PeerFanout fanout;

    ClusterRoutes(ClusterPort cluster, Reads reads, PeerFanout fanout) {
        this.cluster = cluster;
        this.reads = reads;
        this.fanout = fanout;
    }

    /// The whole cluster. Each node speaks for itself; one that does not answer shortly is shown without figures.
    void cluster(Context ctx) throws InterruptedException {
        Overview overview = reads.read(ctx, Overview::of);
        List<NodeDocument> nodes = nodes(ctx);
        EngineStatus status = cluster.status();
        Answers.json(
                ctx,
                200,
                new ClusterDocument(
                        cluster.cluster().toString(),
                        Long.toString(cluster.lineage()),
                        cluster.self().value(),
                        cluster.leadership().leader().map(NodeId::value).orElse(null),
                        status.term(),
                        overview.index(),
                        cluster.featureLevel(),
                        nodes,
                        overview.workers(),
                        overview.queues(),
                        overview.counts(),
                        Advice.of(cluster, nodes, overview)));
    }

    /// This node alone.
    void node(Context ctx) {
        Answers.json(ctx, 200, self());
    }

    void workers(Context ctx) throws InterruptedException {
        var page = NamedPage.of(ctx, reads.read(ctx, Overview::workers), WorkerDocument::worker);
        Answers.json(ctx, 200, new WorkerPage(page.items(), page.next()));
    }

    private List<NodeDocument> nodes(Context ctx) {
        var nodes = new ArrayList<NodeDocument>();
        nodes.add(self());
        Map<NodeId, PeerAnswer> answers = PeerFanout.isAsked(ctx) ? Map.of() : fanout.ask(ctx, NODE);
        for (EngineStatus.PeerStatus peer : cluster.status().peers()) {
            nodes.add(of(peer, Optional.ofNullable(answers.get(peer.id())).flatMap(PeerAnswer::said)));
        }
        nodes.sort(Comparator.comparing(NodeDocument::node));
        return nodes;
    }

    private NodeDocument self() {
        EngineStatus status = cluster.status();
        return new NodeDocument(
                status.self().value(),
                role(status.role()),
                status.term(),
                status.commitIndex(),
                cluster.appliedIndex(),
                status.lastIndex(),
                address(status.self()),
                true,
                cluster.featureLevel(),
                null,
                status.details());
    }

    private NodeDocument of(EngineStatus.PeerStatus peer, Optional<Bytes> answer) {
        Optional<NodeDocument> said = answer.flatMap(ClusterRoutes::read);
        return new NodeDocument(
                peer.id().value(),
                said.map(NodeDocument::role).orElse("unknown"),
                said.map(NodeDocument::term).orElse(0L),
                said.map(NodeDocument::commit).orElse(0L),
                said.map(NodeDocument::applied).orElse(0L),
                said.map(NodeDocument::lastIndex).orElse(0L),
                address(peer.id()),
                // One that is slow to answer here may still vote: then its figures are missing, not the node.
                said.isPresent() || peer.isConnected(),
                peer.featureLevel(),
                peer.clockSkewMillis(),
                said.map(NodeDocument::details).orElse(null));
    }

    private static Optional<NodeDocument> read(Bytes json) {
        try {
            return Optional.of(Json.read(json, NodeDocument.class));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private String address(NodeId node) {
        return cluster.apiAddress(node).map(Object::toString).orElse("");
    }

    static String role(EngineStatus.NodeRole role) {
        return switch (role) {
            case FOLLOWER -> "follower";
            case CANDIDATE -> "candidate";
            case LEADER -> "leader";
        };
    }
}

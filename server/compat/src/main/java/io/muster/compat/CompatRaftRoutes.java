package io.muster.compat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.NodePort;
import io.muster.http.PeerAnswer;
import io.muster.http.PeerFanout;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestBody;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.values.ValueReply;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The paths of the Raft document, in its exact shapes: `/api/status`, `/api/logs` and `/api/command`.
///
/// The document numbers its nodes from 1; here that is the place of a node's id among all ids, sorted. What it promises
/// and its own program did not do holds: a command is answered only after a majority has it.
final class CompatRaftRoutes {
    static final String STATUS = "/api/status";

    static final String LOGS = "/api/logs";

    private final NodePort cluster;
    private final Commands commands;
    private final Reads reads;
    private final PeerFanout fanout;

    CompatRaftRoutes(NodePort cluster, Commands commands, Reads reads, PeerFanout fanout) {
        this.cluster = cluster;
        this.commands = commands;
        this.reads = reads;
        this.fanout = fanout;
    }

    private record Status(@JsonProperty("cluster_size") int clusterSize, List<Node> nodes, Instant timestamp) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Node(
            @JsonProperty("node_id") int nodeId,
            String state,
            long term,
            @JsonProperty("log_length") long logLength,
            @JsonProperty("commit_index") long commitIndex,
            @Nullable Integer leader,
            @JsonProperty("voted_for") @Nullable Integer votedFor,
            @JsonProperty("votes_received") int votesReceived,
            @JsonProperty("is_alive") boolean isAlive) {}

    private record Logs(Map<String, List<CompatEntry>> logs) {}

    private record Command(@Nullable Bytes command) {}

    private record Accepted(
            boolean success,
            @JsonProperty("leader_id") int leaderId,
            @JsonProperty("log_index") long logIndex) {}

    /// Every node's state; one that does not answer shortly is shown without figures, and alive only if the engine
    /// still hears it.
    void status(Context ctx) {
        var nodes = new ArrayList<Node>();
        nodes.add(self());
        fanoutUnlessAsked(ctx, STATUS)
                .forEach((node, answer) -> nodes.add(answer.said()
                        .flatMap(json -> read(json, Status.class))
                        .flatMap(status -> status.nodes().stream().findFirst())
                        .orElseGet(() -> silent(node))));
        nodes.sort(Comparator.comparingInt(Node::nodeId));
        Answers.json(ctx, 200, new Status(ids().size(), nodes, Instant.now()));
    }

    /// The last commands of every node that answers, oldest first.
    void logs(Context ctx) throws InterruptedException {
        var logs = new LinkedHashMap<String, List<CompatEntry>>();
        List<CompatEntry> own = reads.read(ctx, state -> state.values().recent()).stream()
                .map(CompatEntry::of)
                .toList();
        logs.put(key(cluster.self()), own);
        fanoutUnlessAsked(ctx, LOGS)
                .forEach((node, answer) -> logs.put(
                        key(node),
                        answer.said()
                                .flatMap(json -> read(json, Logs.class))
                                .flatMap(theirs ->
                                        theirs.logs().values().stream().findFirst())
                                .orElse(List.of())));
        Answers.json(ctx, 200, new Logs(logs));
    }

    /// Puts a SET, a DELETE or any other JSON command into the log.
    void command(Context ctx) throws InterruptedException {
        Command asked;
        try {
            asked = Json.readLeniently(Bytes.wrap(RequestBody.json(ctx)), Command.class);
        } catch (MalformedJsonException e) {
            throw Answers.unreadable(e).refused();
        }
        if (asked.command() == null || asked.command().text().equals("null")) {
            CompatErrors.write(ctx, 400, "Missing command");
            return;
        }
        var command = CompatEntry.command(asked.command());
        var carried = commands.carryOut(ctx, command, ValueReply.class);
        if (carried.reply() instanceof ValueReply.Full(String what, long limit)) {
            throw Refusal.of(
                            ProblemType.LIMIT_REACHED,
                            "there are " + limit + " " + what + " already: delete some first")
                    .refused();
        }
        Answers.json(ctx, 200, new Accepted(true, number(cluster.self()), carried.index()));
    }

    private Map<NodeId, PeerAnswer> fanoutUnlessAsked(Context ctx, String path) {
        return PeerFanout.isAsked(ctx) ? Map.of() : fanout.ask(ctx, path);
    }

    private Node self() {
        EngineStatus status = cluster.status();
        return new Node(
                number(status.self()),
                role(status.role()),
                status.term(),
                status.lastIndex(),
                status.commitIndex(),
                status.leader().map(this::number).orElse(null),
                Optional.ofNullable(status.details().get("votedFor"))
                        .map(node -> number(new NodeId(node)))
                        .orElse(null),
                Integer.parseInt(status.details().getOrDefault("votes", "0")),
                true);
    }

    private Node silent(NodeId node) {
        boolean isConnected =
                cluster.status().peers().stream().anyMatch(peer -> peer.id().equals(node) && peer.isConnected());
        return new Node(number(node), "follower", 0, 0, 0, null, null, 0, isConnected);
    }

    private static String role(EngineStatus.NodeRole role) {
        return switch (role) {
            case FOLLOWER -> "follower";
            case CANDIDATE -> "candidate";
            case LEADER -> "leader";
        };
    }

    private int number(NodeId node) {
        return ids().indexOf(node) + 1;
    }

    private String key(NodeId node) {
        return "node_" + number(node);
    }

    private List<NodeId> ids() {
        var ids = new ArrayList<NodeId>();
        ids.add(cluster.self());
        cluster.status().peers().forEach(peer -> ids.add(peer.id()));
        ids.sort(Comparator.naturalOrder());
        return ids;
    }

    private static <T> Optional<T> read(Bytes json, Class<T> type) {
        try {
            return Optional.of(Json.read(json, type));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}

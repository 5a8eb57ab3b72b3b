package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One worker over all its lives: the production worker loop, with runs that only take time.
final class SimWorker {
    private final NodeId id;
    private final SimNode.Parts parts;
    private final Map<NodeId, SimNode> nodes;
    private final int slots;
    private long life;
    private @Nullable SimWorkerProcess process;
    private long pausedUntilNanos;

    SimWorker(NodeId id, SimNode.Parts parts, Map<NodeId, SimNode> nodes, int slots) {
        this.id = id;
        this.parts = parts;
        this.nodes = nodes;
        this.slots = slots;
        parts.oracle().jobs().offers(id, slots);
    }

    NodeId id() {
        return id;
    }

    boolean isUp() {
        return process != null && !process.isOver();
    }

    /// The process starts, unless it runs, knowing nothing of what an earlier one ran.
    void start() {
        if (isUp()) {
            return;
        }
        life++;
        process = new SimWorkerProcess(this, parts, life);
        process.start();
    }

    /// The process is gone; its machine says so to the node that it was connected with.
    void crash() {
        var gone = process;
        if (gone != null && !gone.isOver()) {
            parts.oracle().note("crash " + id);
            gone.crash();
        }
    }

    /// The process does nothing for a while.
    void pause(long nanos) {
        pausedUntilNanos = parts.agenda().nowNanos() + nanos;
    }

    long pausedUntilNanos() {
        return pausedUntilNanos;
    }

    int slots() {
        return slots;
    }

    SimNode node(NodeId name) {
        return Objects.requireNonNull(nodes.get(name), "a worker asks a node of the simulation");
    }

    /// The nodes, which are their own addresses.
    List<String> addresses() {
        return nodes.keySet().stream().map(NodeId::value).toList();
    }

    /// What attempt `attempt` of `job` produces, so that it can be told from what any other produces.
    static Bytes resultOf(String job, int attempt) {
        return Bytes.utf8("{\"by\":\"" + job + "#" + attempt + "\"}");
    }
}

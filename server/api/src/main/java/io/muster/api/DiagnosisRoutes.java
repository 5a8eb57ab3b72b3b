package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.DiagnosisDocument;
import io.muster.client.DiskReport;
import io.muster.client.NodeReport;
import io.muster.client.PeerReport;
import io.muster.client.SilentNode;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.PeerAnswer;
import io.muster.http.PeerAnswer.Silence;
import io.muster.http.PeerFanout;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `/v1/node/report` and `/v1/cluster/diagnosis`: why there is a leader or none. Neither asks the log,
/// the state or the leader: each is answered when all three are gone.
final class DiagnosisRoutes {
    /// Where a node reports on itself.
    static final String REPORT = "/v1/node/report";

    private final ClusterPort cluster;
    private final PeerFanout fanout;

    DiagnosisRoutes(ClusterPort cluster, PeerFanout fanout) {
        this.cluster = cluster;
        this.fanout = fanout;
    }

    /// What this node knows by itself.
    void report(Context ctx) {
        Answers.json(ctx, 200, own());
    }

    /// What follows from what all nodes that answer shortly know.
    void diagnosis(Context ctx) {
        var reports = new ArrayList<NodeReport>();
        var silent = new ArrayList<SilentNode>();
        reports.add(own());
        fanout.ask(cluster.ownKey(), REPORT).forEach((node, answer) -> {
            switch (answer) {
                case PeerAnswer.Given(Bytes body) -> read(node, body, reports, silent);
                case PeerAnswer.Silent(Silence why, String reason) -> silent.add(silent(node, why, reason));
            }
        });
        var said = new Testimony(reports, silent);
        Answers.json(
                ctx,
                200,
                new DiagnosisDocument(
                        cluster.self().value(),
                        said.leader().orElse(null),
                        said.voters(),
                        said.majority(),
                        List.copyOf(said.reports()),
                        List.copyOf(said.silent()),
                        Diagnosis.of(said)));
    }

    private static void read(NodeId node, Bytes body, List<NodeReport> reports, List<SilentNode> silent) {
        try {
            reports.add(Json.read(body, NodeReport.class));
        } catch (MalformedJsonException e) {
            silent.add(silent(node, Silence.NOT_ANSWERED, "its report cannot be read: " + e.getMessage()));
        }
    }

    private static SilentNode silent(NodeId node, Silence why, String reason) {
        return new SilentNode(node.value(), Testimony.word(why), reason);
    }

    private NodeReport own() {
        EngineStatus status = cluster.status();
        EngineReport report = cluster.report();
        long now = System.nanoTime();
        return new NodeReport(
                status.self().value(),
                ClusterRoutes.role(status.role()),
                Testimony.word(report.standing()),
                status.term(),
                status.leader().map(NodeId::value).orElse(null),
                report.votedFor().map(NodeId::value).orElse(null),
                report.votes(),
                status.lastIndex(),
                report.lastTerm(),
                status.commitIndex(),
                cluster.appliedIndex(),
                report.lastLeader().map(NodeId::value).orElse(null),
                report.lastLeader().isPresent() ? millis(now - report.ledNanos()) : null,
                millis(now - report.takenNanos()),
                cluster.busy().toMillis(),
                cluster.notReadyReason().orElse(""),
                cluster.diskPressure().orElse(""),
                disk(report.disk()),
                peers(status, report, now),
                status.members().stream()
                        .filter(MemberStatus::isVoter)
                        .map(member -> member.id().value())
                        .toList());
    }

    private static DiskReport disk(EngineReport.Disk disk) {
        return new DiskReport(
                disk.lastSyncNanos() / 1_000,
                disk.slowestSyncNanos() / 1_000,
                disk.waitingNanos() / 1_000,
                disk.roomBytes());
    }

    private static List<PeerReport> peers(EngineStatus status, EngineReport report, long now) {
        Map<NodeId, Long> skews = new HashMap<>();
        status.peers().forEach(peer -> skews.put(peer.id(), peer.clockSkewMillis()));
        return report.links().stream()
                .map(link -> new PeerReport(
                        link.id().value(),
                        Testimony.word(link.state()),
                        link.reason(),
                        link.heardNanos().isPresent()
                                ? millis(now - link.heardNanos().getAsLong())
                                : null,
                        skews.getOrDefault(link.id(), 0L)))
                .toList();
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000;
    }
}

package io.muster.api;

import io.muster.client.JobStatus;
import io.muster.client.NodeDocument;
import io.muster.log.EngineStatus;
import java.util.ArrayList;
import java.util.List;

/// What somebody who runs this cluster should know now, one sentence each; none when all is well.
final class Advice {
    /// Log time follows a majority's clocks: beyond this one of them is wrong, and delays are visibly off.
    private static final long MAX_SKEW_MILLIS = 1_000;

    private Advice() {}

    static List<String> of(ClusterPort cluster, List<NodeDocument> nodes, Overview overview) {
        var advice = new ArrayList<>(overview.alarms());
        cluster.notReadyReason().ifPresent(why -> advice.add(cluster.self() + " takes no work: " + why));
        ofNodes(nodes, advice);
        for (EngineStatus.PeerStatus peer : cluster.status().peers()) {
            if (Math.abs(peer.clockSkewMillis()) > MAX_SKEW_MILLIS) {
                advice.add("the clock of " + peer.id() + " is " + Math.abs(peer.clockSkewMillis()) / 1e3 + " s "
                        + (peer.clockSkewMillis() > 0 ? "ahead of" : "behind") + " that of " + cluster.self()
                        + ": check time synchronisation");
            }
        }
        long ahead = cluster.status().wallAheadMillis();
        if (ahead > MAX_SKEW_MILLIS) {
            advice.add("the clock of " + cluster.self() + " is " + ahead / 1e3
                    + " s ahead of log time, which follows a majority's clocks and catches up slowly: check time"
                    + " synchronisation on all nodes");
        }
        advice.addAll(overview.stalls());
        long dead = overview.counts().getOrDefault(JobStatus.DEAD, 0L);
        if (dead > 0) {
            advice.add(dead + (dead == 1 ? " job is" : " jobs are") + " dead: look why, then retry or purge");
        }
        return advice;
    }

    private static void ofNodes(List<NodeDocument> nodes, List<String> advice) {
        long present = nodes.stream().filter(NodeDocument::connected).count();
        if (nodes.size() == 1) {
            advice.add("this node is alone: work runs on the leader, and nothing survives the loss of its disk");
        } else if (present * 2 <= nodes.size()) {
            advice.add("only " + present + " of " + nodes.size()
                    + " nodes answer: no majority, so nothing can be written until more come back");
        } else if (present * 2 <= nodes.size() + 1 && present < nodes.size()) {
            advice.add(present + " of " + nodes.size() + " nodes answer: the loss of one more stops all writing");
        }
    }
}

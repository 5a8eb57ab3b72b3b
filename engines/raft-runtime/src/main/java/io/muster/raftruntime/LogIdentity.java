package io.muster.raftruntime;

import io.muster.log.ClusterId;
import io.muster.log.NodeId;

/// Whose log this is. A folder with another identity is refused: a node that votes with a foreign vote, or answers with
/// foreign entries, breaks both clusters.
///
/// @param cluster the cluster the log belongs to
/// @param node the node it belongs to
/// @param group which replicated log of that node; there is one for now, 0
public record LogIdentity(ClusterId cluster, NodeId node, int group) {
    /// The only group there is for now.
    public static final int ONLY_GROUP = 0;

    public LogIdentity {
        if (group < 0 || group > 0xFF) {
            throw new IllegalArgumentException("group " + group + " does not fit its byte");
        }
    }
}

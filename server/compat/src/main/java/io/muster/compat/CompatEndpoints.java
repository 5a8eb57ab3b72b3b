package io.muster.compat;

import io.muster.http.Access;
import io.muster.http.Commands;
import io.muster.http.Endpoint;
import io.muster.http.Guards.ErrorShape;
import io.muster.http.Guards.FullDisk;
import io.muster.http.NodePort;
import io.muster.http.PeerFanout;
import io.muster.http.Reads;
import io.muster.http.Route;
import java.util.List;

/// The rows of this module in the table of what a node answers.
public final class CompatEndpoints {
    private CompatEndpoints() {}

    /// The endpoints of the documents' paths.
    public static List<Endpoint> of(NodePort node, Commands commands, Reads reads, PeerFanout fanout) {
        var raft = new CompatRaftRoutes(node, commands, reads, fanout);
        return List.of(
                Route.get(CompatRaftRoutes.STATUS, Access.READ).to(raft::status),
                Route.get(CompatRaftRoutes.LOGS, Access.READ).to(raft::logs),
                plain(Route.post("/api/command", Access.OPERATE)).to(raft::command));
    }

    /// It brings a command into the log, and refuses in the document's own shape.
    private static Route plain(Route write) {
        ErrorShape shape = CompatErrors::write;
        return write.behind(write.guards().with(FullDisk.REFUSED).with(shape));
    }
}

package io.muster.raftruntime;

import io.muster.log.Engine;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.RecordingApplier;
import io.muster.log.TestProposal;
import java.nio.file.Path;

/// A node alone in a process of its own that writes one command after the other until its engine stops, and prints how
/// many were acknowledged and why it stopped.
final class WritingNode {
    private WritingNode() {}

    /// @param arguments the folder of the node
    public static void main(String[] arguments) {
        var applier = new RecordingApplier();
        var clusters = new RaftClusters(Path.of(arguments[0]), 1);
        long acknowledged = 0;
        try (Engine engine = clusters.open(new NodeId("n1"), applier)) {
            engine.start();
            applier.awaitLeadership(seen -> seen.isMine());
            while (applier.stops().isEmpty()) {
                var command = TestProposal.of("command-" + acknowledged);
                engine.propose(command);
                if (command.await() instanceof Outcome.Applied) {
                    acknowledged++;
                }
            }
        }
        System.out.println("ACKNOWLEDGED " + acknowledged);
        System.out.println("STOPPED " + applier.awaitStop());
    }
}

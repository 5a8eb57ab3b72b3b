package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a cluster has a leader or none: the answer of `GET /v1/cluster/diagnosis`.
///
/// @param node who was asked
/// @param leader who leads, as the nodes that answer say
/// @param voters how many vote
/// @param majority how many of them it takes to elect a leader
/// @param nodes what each node that answers knows by itself
/// @param silent who did not answer
/// @param findings what follows from all that, most important first; none when all is well
public record DiagnosisDocument(
        String node,
        @Nullable String leader,
        int voters,
        int majority,
        List<NodeReport> nodes,
        List<SilentNode> silent,
        List<DiagnosisFinding> findings) {
    public DiagnosisDocument {
        nodes = Fields.copied(nodes);
        silent = Fields.copied(silent);
        findings = Fields.copied(findings);
    }
}

package io.muster.cli;

import io.muster.client.DiagnosisDocument;
import io.muster.client.NodeReport;
import io.muster.client.PeerReport;
import io.muster.client.SilentNode;
import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster doctor`: why there is a leader, or none.
@Command(
        name = "doctor",
        description = "Say why there is a leader, or none: from the nodes that answer.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster doctor",
            "  muster doctor --server http://127.0.0.1:7102 --key-file data/node-1/worker.key",
            "",
            "Any node that answers is enough. One that was just started and finds no majority has not read",
            "any keys yet, and knows the nodes' own: worker.key in its data folder.",
            "Exit codes: 0 all is well, 1 findings, 69 no server answers."
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            Bytes answer = client.read("/v1/cluster/diagnosis");
            var diagnosis = Json.read(answer, DiagnosisDocument.class);
            if (printing.isJson()) {
                Printing.json(spec, answer);
            } else {
                print(diagnosis);
            }
            return (diagnosis.findings().isEmpty() ? ExitCode.WELL : ExitCode.BAD).number();
        });
    }

    private void print(DiagnosisDocument diagnosis) {
        String leader = diagnosis.leader() == null ? "no leader" : "leader " + diagnosis.leader();
        Printing.line(
                spec,
                leader + "  voters " + diagnosis.voters() + "  majority " + diagnosis.majority() + "  (seen by "
                        + diagnosis.node() + ")");
        Printing.table(spec, nodes(diagnosis));
        if (diagnosis.findings().isEmpty()) {
            Printing.line(spec, "all is well");
        }
        for (var finding : diagnosis.findings()) {
            Printing.line(spec, finding.kind() + ": " + finding.what());
            Printing.line(spec, "    " + finding.advice());
        }
    }

    private static TextTable nodes(DiagnosisDocument diagnosis) {
        var nodes = new TextTable("NODE", "STANDING", "TERM", "VOTED FOR", "LOG", "COMMIT", "SLOWEST SYNC", "HEARS");
        for (NodeReport node : diagnosis.nodes()) {
            nodes.row(
                    node.node(),
                    node.standing(),
                    node.term(),
                    node.votedFor(),
                    node.lastIndex() + " of term " + node.lastTerm(),
                    node.commit(),
                    String.format(Locale.ROOT, "%.1f ms", node.disk().slowestSyncMicros() / 1e3),
                    heard(node.peers()));
        }
        for (SilentNode silent : diagnosis.silent()) {
            nodes.row(silent.node(), silent.why(), null, null, null, null, null, null);
        }
        return nodes;
    }

    private static String heard(List<PeerReport> peers) {
        return peers.stream()
                .map(peer -> peer.node() + (peer.link().equals("open") ? "" : " (" + peer.link() + ")"))
                .collect(Collectors.joining(", "));
    }
}

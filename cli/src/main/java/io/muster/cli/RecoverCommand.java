package io.muster.cli;

import io.muster.log.NodeId;
import io.muster.log.StopException;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.NodeConfig;
import io.muster.node.Recovery;
import java.io.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster recover`: goes on with what one node holds, where a majority is gone for good.
@Command(
        name = "recover",
        description = "Go on with what one node holds, where a majority of the voters is gone for good.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Only where those nodes will never come back with their folders: else start them, and nothing is lost.",
            "Stop what is left first. Of several survivors, the one whose log reaches furthest has to go on: name the",
            "folders of the others with --survivor, and the command tells. The node becomes a cluster of one, with",
            "another id, which the others join with empty folders; no node of the old cluster can come back into it.",
            "What the folder held is kept beside it, and once more as a backup.",
            "",
            "Exit codes: 0 recovered, 2 refused or not agreed to, and nothing has changed.",
            "",
            "Examples:",
            "  muster recover --config muster.yaml --id node-1",
            "  muster recover --id node-1 --survivor node-4=/mnt/node-4 --yes-i-accept-loss"
        })
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Printing printing = new Printing();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(names = "--id", paramLabel = "NAME", description = "The node that goes on (default: node.id).")
    private String id = "";

    @Option(
            names = "--survivor",
            paramLabel = "NAME=DIR",
            description = "The data folder of another node that is left, to compare.")
    private TreeMap<String, Path> given = new TreeMap<>();

    @Option(
            names = "--yes-i-accept-loss",
            description = "Go on without asking: what only the lost nodes have acknowledged is lost.")
    private boolean isAccepted;

    /// What was done, as it is printed.
    record GoneOnWith(
            String node,
            String cluster,
            String from,
            long lastIndex,
            long lastTerm,
            List<String> missing,
            String lineage,
            long index,
            long term,
            String backup,
            String before) {}

    @Override
    public Integer call() {
        NodeConfig node = ConfigFile.read(config, id);
        var others = new TreeMap<NodeId, Path>();
        given.forEach((name, folder) ->
                others.put(new NodeId(name), folder.toAbsolutePath().normalize()));
        var recovery = new Recovery(node, others, InstantSource.system());
        try {
            var outlook = recovery.outlook();
            tell(outlook).forEach(sentence -> Printing.remark(spec, sentence));
            requireConsent(node.clusterName());
            print(outlook, recovery.run(outlook));
            return ExitCode.WELL.number();
        } catch (StopException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> tell(Recovery.Outlook outlook) {
        var kept = outlook.kept();
        String compared = outlook.compared().stream()
                .map(other -> other.node() + " reaches entry " + other.lastIndex() + " of term " + other.lastTerm())
                .collect(Collectors.joining(", "));
        return List.of(
                kept.node() + " holds the log of cluster " + outlook.cluster() + " up to entry " + kept.lastIndex()
                        + " of term " + kept.lastTerm() + ", " + SnapshotView.time(kept.lastMicros())
                        + "; it has seen term "
                        + kept.seenTerm() + (compared.isEmpty() ? "" : "; " + compared),
                "of the voters " + outlook.voters() + " nothing is here of " + outlook.missing() + ": whatever they"
                        + " acknowledged behind that entry is lost, and nobody can say what it was");
    }

    private void requireConsent(String name) {
        if (isAccepted) {
            return;
        }
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> CannotDo.usage("nothing was changed: --yes-i-accept-loss goes on"));
        String typed = console.readLine("type the cluster's name, %s, to accept that: ", name);
        if (!name.equals(typed)) {
            throw CannotDo.usage("nothing was changed: that is not the cluster's name");
        }
    }

    private void print(Recovery.Outlook outlook, Recovery.Done done) {
        var begun = done.begun();
        var gone = new GoneOnWith(
                outlook.kept().node().value(),
                begun.cluster().toString(),
                outlook.cluster().toString(),
                outlook.kept().lastIndex(),
                outlook.kept().lastTerm(),
                outlook.missing().stream().map(NodeId::value).toList(),
                Long.toString(begun.lineage()),
                begun.index(),
                begun.term(),
                done.salvaged().toString(),
                done.before().toString());
        if (printing.isJson()) {
            Printing.json(spec, gone);
            return;
        }
        Printing.line(
                spec,
                gone.node() + " begins cluster " + gone.cluster() + " with what it held at entry " + gone.lastIndex()
                        + " of term " + gone.lastTerm());
        Printing.line(spec, "what it held is in " + gone.before() + ", and as a backup in " + gone.backup());
        Printing.line(spec, "start this node alone now; the others join it with empty data folders");
    }
}

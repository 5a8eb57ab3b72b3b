package io.muster.cli;

import io.muster.log.StopException;
import io.muster.node.ConfigException;
import io.muster.node.ConfigFile;
import io.muster.node.NodeConfig;
import io.muster.node.Restoration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster restore FILE`: a new cluster of one node with what a backup holds.
@Command(
        name = "restore",
        description = "Begin a new cluster of one node with what a backup holds, in an empty data folder.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Run it on one machine only, start that node, and let the others join it with empty folders. What was",
            "acknowledged after the backup is lost. The new cluster has another id, and later terms, entries and",
            "fences: nodes of the old one are refused. Jobs that ran are run again. Keys open what they opened.",
            "",
            "Exit codes: 0 restored, 2 refused: the backup is damaged, or the folder is not empty.",
            "",
            "Examples:",
            "  muster restore nightly.muster --config muster.yaml --id node-1",
            "  muster restore nightly.muster --config muster.yaml --id node-1 --data /srv/muster/new"
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Printing printing = new Printing();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path backup = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(names = "--id", paramLabel = "NAME", description = "The node that begins (default: node.id).")
    private String id = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Its data folder (default: what the configuration says).")
    private @Nullable Path data;

    /// What was done, as it is printed.
    record Begun(
            String node,
            String data,
            String cluster,
            String from,
            long backupIndex,
            String backupTime,
            String lineage,
            long index,
            long term,
            long historyBlocks,
            long missingHistoryBlocks) {}

    @Override
    public Integer call() {
        if (!Files.isRegularFile(backup)) {
            throw CannotDo.usage("there is no backup " + backup);
        }
        NodeConfig written = ConfigFile.read(config, id);
        NodeConfig node =
                data == null ? written : written.withData(data.toAbsolutePath().normalize());
        try {
            print(node, new Restoration(node, InstantSource.system()).from(backup));
            return ExitCode.WELL.number();
        } catch (StopException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private void print(NodeConfig node, Restoration.Done done) {
        var begun = new Begun(
                node.self().id().value(),
                node.data().toString(),
                done.cluster().toString(),
                done.from().toString(),
                done.backupIndex(),
                SnapshotView.time(done.takenMicros()),
                Long.toString(done.lineage()),
                done.index(),
                done.term(),
                done.blocks(),
                done.missingBlocks());
        if (printing.isJson()) {
            Printing.json(spec, begun);
            return;
        }
        Printing.line(
                spec,
                begun.node() + " begins cluster " + begun.cluster() + " in " + begun.data()
                        + " with what cluster " + begun.from() + " knew at entry " + begun.backupIndex() + ", "
                        + begun.backupTime());
        Printing.line(
                spec,
                "history blocks: " + begun.historyBlocks()
                        + (begun.missingHistoryBlocks() == 0
                                ? ""
                                : ", and " + begun.missingHistoryBlocks() + " that the backup lacks"));
        Printing.line(spec, "start this node alone now; the others join it with empty data folders");
    }
}

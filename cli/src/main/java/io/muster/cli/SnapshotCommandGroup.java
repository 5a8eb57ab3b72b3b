package io.muster.cli;

import io.muster.node.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster snapshot`: looks at snapshots and backups, which are the same kind of file.
@Command(
        name = "snapshot",
        description = "Look at snapshots and backups.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster snapshot inspect nightly.muster",
            "  muster snapshot inspect data/node-1 --json"
        })
public final class SnapshotCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Printing printing = new Printing();

    /// What was asked for, and whether all of it is whole.
    record Inspected(boolean isWhole, List<SnapshotView> files) {}

    @Command(
            name = "inspect",
            description = {
                "Read a backup, or each snapshot of a data folder, from begin to end: whose it is, what it holds, and"
                        + " whether every byte is what was written. Nothing is changed; a node may run meanwhile.",
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Exit codes: 0 whole, 1 damaged, 2 no such file, 3 no snapshot in that folder."})
    int inspect(@Parameters(paramLabel = "FILE|FOLDER", description = "What to look at.") Path path)
            throws IOException {
        var views = new ArrayList<SnapshotView>();
        for (Path file : files(path)) {
            views.add(SnapshotView.of(file, Engines.usual().inspectSnapshot(file)));
        }
        if (views.isEmpty()) {
            throw new CannotDo(ExitCode.NOT_FOUND, "there is no snapshot in the folder " + path);
        }
        boolean isWhole = views.stream().allMatch(SnapshotView::isWhole);
        if (printing.isJson()) {
            Printing.json(spec, new Inspected(isWhole, views));
        } else {
            views.forEach(this::print);
        }
        return (isWhole ? ExitCode.WELL : ExitCode.BAD).number();
    }

    private static List<Path> files(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw CannotDo.usage("there is no file or folder " + path);
        }
        try (var all = Files.list(path)) {
            return all.filter(file -> file.getFileName().toString().matches("snapshot-\\d{20}\\.muster"))
                    .sorted()
                    .toList();
        }
    }

    private void print(SnapshotView view) {
        Printing.line(spec, view.file() + "  " + view.bytes() + " bytes  " + (view.isWhole() ? "whole" : "DAMAGED"));
        if (view.damage() != null) {
            Printing.line(spec, "  " + view.damage());
        }
        if (view.cluster() != null) {
            Printing.line(
                    spec,
                    "  cluster " + view.cluster() + "  entry " + view.index() + "  term " + view.term() + "  "
                            + view.time());
        }
        if (!view.parts().isEmpty()) {
            var table = new TextTable("SECTION", "CHUNKS", "BYTES");
            view.parts().forEach(part -> table.row(part.section(), part.chunks(), part.bytes()));
            Printing.table(spec, table);
        }
    }
}

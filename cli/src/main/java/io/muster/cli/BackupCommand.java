package io.muster.cli;

import io.muster.log.EngineException;
import io.muster.log.SnapshotContents;
import io.muster.node.Engines;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster backup FILE`: all that the cluster knows, and its history, as one file.
@Command(
        name = "backup",
        description = "Write a backup of the running cluster to a file; takes an admin's key.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "In it is everything that was acknowledged before the call: jobs with their payloads, audits, values,",
            "queues, decisions, the history, and the hashes of all keys. Not in it are the keys themselves,",
            "certificates, the cluster's secret, advisories, and objects. It is checked as it arrives, and the file",
            "gets its name once all of it is whole and on the disk; only its owner can read it.",
            "docs/operations.md has more.",
            "",
            "Exit codes: 0 written, 1 it broke off or cannot be written, 2 no admin's key, 69 no server gives one.",
            "",
            "Examples:",
            "  muster backup nightly.muster",
            "  muster backup --server https://10.0.0.7:7102 --ca ca.pem --key-file admin.key nightly.muster",
            "  muster snapshot inspect nightly.muster"
        })
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Parameters(paramLabel = "FILE", description = "Where to write it; a file that is there is not overwritten.")
    private Path file = Path.of("");

    @Option(names = "--overwrite", description = "Replace the file, once the new one is whole.")
    private boolean isOverwriting;

    @Override
    public Integer call() throws InterruptedException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CannotDo.usage(file + " is no place for a file: name one in a folder that is there");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw CannotDo.usage(file + " is a folder, a pipe or a device: name a file");
        }
        if (Files.exists(file) && !isOverwriting) {
            throw CannotDo.usage(file + " is there already: name another file, or say --overwrite");
        }
        return server.with(client -> {
            try {
                print(client.backup(content -> Engines.usual().receiveSnapshot(content, file)));
            } catch (EngineException e) {
                throw new CannotDo(ExitCode.BAD, "no backup was written: " + e.getMessage());
            } catch (IOException e) {
                throw new CannotDo(ExitCode.BAD, "no backup was written to " + file + ": " + FileFailure.of(e));
            }
            return ExitCode.WELL.number();
        });
    }

    private void print(SnapshotContents found) throws IOException {
        var view = SnapshotView.of(file, found);
        if (printing.isJson()) {
            Printing.json(spec, view);
        } else {
            Printing.line(
                    spec,
                    file + " holds cluster " + view.cluster() + " up to entry " + view.index() + " of " + view.time()
                            + ": " + view.bytes() + " bytes, whole");
        }
    }
}

package io.muster.cli;

import io.muster.client.KeyDocument;
import io.muster.client.KeyRequest;
import io.muster.client.MusterException;
import io.muster.client.NewKey;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster key`: make API keys for people and workers, list them, revoke them.
@Command(
        name = "key",
        description = "Create, list and revoke API keys; takes an admin's key.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster key create --role worker --worker w1 --out w1.key",
            "  muster key create --role viewer --name ada --out ada.key",
            "  muster key list",
            "  muster key revoke 87cf6bfdb0fe"
        })
public final class KeyCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Command(
            name = "create",
            description = "Make a key and write it to a new file that only its owner can read (mode 0600).",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "viewer, operator, worker or admin.")
                    String role,
            @Option(
                            names = "--worker",
                            paramLabel = "NAME",
                            description = "The only worker it speaks for (role worker).")
                    String worker,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "Whose it is (default: the worker, or the role).")
                    String name,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "A file that is not there yet.")
                    Path file,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        String owner = name == null ? (worker == null ? role : worker) : name;
        idempotency.check();
        var request = new KeyRequest(owner, role, worker);
        return server.with(client -> {
            reserve(file);
            NewKey made;
            try {
                made = idempotency.write(client, keyed -> keyed.createKey(request));
            } catch (MusterException e) {
                giveBack(file);
                throw e;
            }
            write(file, made);
            if (printing.isJson()) {
                Printing.json(spec, made.key());
            } else {
                Printing.line(spec, made.key().id() + "  " + role + "  in " + file + " (mode 0600)");
            }
            return ExitCode.WELL.number();
        });
    }

    @Command(name = "list", description = "List all keys, without their secrets.", mixinStandardHelpOptions = true)
    int list() throws InterruptedException {
        return server.with(client -> {
            if (printing.isJson()) {
                Printing.json(spec, client.keys());
                return ExitCode.WELL.number();
            }
            var table = new TextTable("KEY", "NAME", "ROLE", "WORKER", "STATUS", "CREATED");
            for (KeyDocument key : client.keys().items()) {
                table.row(key.id(), key.name(), key.role(), key.worker(), key.status(), key.createdAt());
            }
            Printing.table(spec, table);
            return ExitCode.WELL.number();
        });
    }

    @Command(name = "revoke", description = "Revoke a key, for good and at once.", mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "KEY", description = "Its id, as listed.") String id,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        idempotency.check();
        return server.with(client -> {
            idempotency.write(client, keyed -> {
                keyed.revokeKey(id);
                return id;
            });
            if (!printing.isJson()) {
                Printing.line(spec, id + "  revoked");
            }
            return ExitCode.WELL.number();
        });
    }

    /// Makes the file before the key: a secret that cannot be kept had better not be made.
    private static void reserve(Path file) {
        var onlyOwner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(onlyOwner));
        } catch (FileAlreadyExistsException e) {
            throw CannotDo.usage(file + " is there already: name a new file with --out");
        } catch (IOException e) {
            throw CannotDo.usage("cannot write a key to " + file + ": " + FileFailure.of(e));
        }
    }

    private static void giveBack(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw CannotDo.usage("no key was made, and the empty " + file + " cannot be deleted: " + FileFailure.of(e));
        }
    }

    private static void write(Path file, NewKey made) {
        try {
            Files.writeString(file, made.secret() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new CannotDo(
                    ExitCode.BAD,
                    "key " + made.key().id() + " was made and cannot be written to " + file + ": " + FileFailure.of(e)
                            + "; revoke it, for its secret is nowhere");
        }
    }
}

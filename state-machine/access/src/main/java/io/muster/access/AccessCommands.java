package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import java.util.List;

/// The bodies of access commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class AccessCommands {
    public static final CommandKind<AccessCommand> ADD_KEY =
            new CommandKind<>(0x0401, "access.add-key", 1, 1, (body, _) -> new AccessCommand.AddKey(readKey(body)));
    public static final CommandKind<AccessCommand> ADD_FIRST_KEY = new CommandKind<>(
            0x0402, "access.add-first-key", 1, 1, (body, _) -> new AccessCommand.AddFirstKey(readKey(body)));
    public static final CommandKind<AccessCommand> REVOKE_KEY = new CommandKind<>(
            0x0403,
            "access.revoke-key",
            1,
            1,
            (body, _) -> new AccessCommand.RevokeKey(body.text(AccessLimits.MAX_NAME_BYTES)));

    /// All kinds of command for the access ledger.
    public static final List<CommandKind<AccessCommand>> KINDS = List.of(ADD_KEY, ADD_FIRST_KEY, REVOKE_KEY);

    /// The order in which roles are stored, whatever the order they are written down in.
    private static final List<Role> ROLES = List.of(Role.VIEWER, Role.OPERATOR, Role.WORKER, Role.ADMIN);

    private AccessCommands() {}

    static CommandKind<AccessCommand> kind(AccessCommand command) {
        return switch (command) {
            case AccessCommand.AddKey _ -> ADD_KEY;
            case AccessCommand.AddFirstKey _ -> ADD_FIRST_KEY;
            case AccessCommand.RevokeKey _ -> REVOKE_KEY;
        };
    }

    static Bytes encode(AccessCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case AccessCommand.AddKey(var key) -> writeKey(writer, key);
            case AccessCommand.AddFirstKey(var key) -> writeKey(writer, key);
            case AccessCommand.RevokeKey(var id) -> writer.text(id);
        }
        return Bytes.wrap(writer.toBytes());
    }

    static void writeKey(BinaryWriter writer, KeyRecord key) {
        writer.text(key.id())
                .text(key.principal())
                .u8(ROLES.indexOf(key.role()))
                .text(key.worker())
                .raw(key.hash().array())
                .text(key.note());
    }

    static KeyRecord readKey(BinaryReader reader) {
        return new KeyRecord(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                readRole(reader),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)),
                reader.text(AccessLimits.MAX_NOTE_BYTES));
    }

    static void writeAct(BinaryWriter writer, Act act) {
        writer.text(act.principal())
                .text(act.action())
                .text(act.target())
                .flag(act.authorization() == Act.Authorization.ALLOWED)
                .text(act.note());
    }

    static Act readAct(BinaryReader reader) {
        return new Act(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NOTE_BYTES),
                reader.flag() ? Act.Authorization.ALLOWED : Act.Authorization.DENIED,
                reader.text(AccessLimits.MAX_NOTE_BYTES));
    }

    private static Role readRole(BinaryReader reader) {
        int place = reader.u8();
        if (place >= ROLES.size()) {
            throw new MalformedException("role " + place + " is not known here");
        }
        return ROLES.get(place);
    }
}

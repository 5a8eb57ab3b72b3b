package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.List;

/// The bodies of access commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class AccessCommands {
    public static final int ADD_KEY = 0x0401;
    public static final int ADD_FIRST_KEY = 0x0402;
    public static final int REVOKE_KEY = 0x0403;
    public static final int NOTE_DECISION = 0x0404;

    /// The version written for every kind.
    public static final int VERSION = 1;

    /// The order in which roles are stored, whatever the order they are written down in.
    private static final List<Role> ROLES = List.of(Role.VIEWER, Role.OPERATOR, Role.WORKER, Role.ADMIN);

    private AccessCommands() {}

    /// The envelope kind of `command`.
    public static int kind(AccessCommand command) {
        return switch (command) {
            case AccessCommand.AddKey _ -> ADD_KEY;
            case AccessCommand.AddFirstKey _ -> ADD_FIRST_KEY;
            case AccessCommand.RevokeKey _ -> REVOKE_KEY;
            case AccessCommand.NoteDecision _ -> NOTE_DECISION;
        };
    }

    /// The body of `command` in its newest version.
    public static Bytes encode(AccessCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case AccessCommand.AddKey(var key) -> writeKey(writer, key);
            case AccessCommand.AddFirstKey(var key) -> writeKey(writer, key);
            case AccessCommand.RevokeKey(var id) -> writer.text(id);
            case AccessCommand.NoteDecision(var act) -> writeAct(writer, act);
        }
        return Bytes.wrap(writer.toBytes());
    }

    /// Reads a body back; throws [MalformedException] for what is not known here or not whole, and
    /// [IllegalArgumentException] for what was never allowed to be proposed.
    public static AccessCommand decode(int kind, int version, Bytes body) {
        if (version != VERSION) {
            throw new MalformedException(
                    "access command " + Integer.toHexString(kind) + " version " + version + " is not known here");
        }
        var reader = BinaryReader.over(body.array());
        AccessCommand command = switch (kind) {
            case ADD_KEY -> new AccessCommand.AddKey(readKey(reader));
            case ADD_FIRST_KEY -> new AccessCommand.AddFirstKey(readKey(reader));
            case REVOKE_KEY -> new AccessCommand.RevokeKey(reader.text(AccessLimits.MAX_NAME_BYTES));
            case NOTE_DECISION -> new AccessCommand.NoteDecision(readAct(reader));
            default -> throw new MalformedException("no access command has kind " + Integer.toHexString(kind));
        };
        reader.end();
        return command;
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
                .flag(act.verdict() == Act.Verdict.ALLOWED)
                .text(act.note());
    }

    static Act readAct(BinaryReader reader) {
        return new Act(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NOTE_BYTES),
                reader.flag() ? Act.Verdict.ALLOWED : Act.Verdict.DENIED,
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

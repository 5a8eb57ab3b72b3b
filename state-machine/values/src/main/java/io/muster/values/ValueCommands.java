package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import java.util.List;

/// The bodies of value commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class ValueCommands {
    public static final CommandKind<ValueCommand> SET = new CommandKind<>(
            0x0201,
            "values.set",
            1,
            1,
            (body, _) -> new ValueCommand.Set(
                    body.text(ValueLimits.MAX_KEY_BYTES), body.bytes(ValueLimits.MAX_VALUE_BYTES)));
    public static final CommandKind<ValueCommand> DELETE = new CommandKind<>(
            0x0202, "values.delete", 1, 1, (body, _) -> new ValueCommand.Delete(body.text(ValueLimits.MAX_KEY_BYTES)));
    public static final CommandKind<ValueCommand> OTHER = new CommandKind<>(
            0x0203, "values.other", 1, 1, (body, _) -> new ValueCommand.Other(body.bytes(ValueLimits.MAX_VALUE_BYTES)));

    /// All kinds of command for the value ledger.
    public static final List<CommandKind<ValueCommand>> KINDS = List.of(SET, DELETE, OTHER);

    private ValueCommands() {}

    static CommandKind<ValueCommand> kind(ValueCommand command) {
        return switch (command) {
            case ValueCommand.Set _ -> SET;
            case ValueCommand.Delete _ -> DELETE;
            case ValueCommand.Other _ -> OTHER;
        };
    }

    static Bytes encode(ValueCommand command) {
        var writer = new BinaryWriter();
        write(writer, command);
        return Bytes.wrap(writer.toBytes());
    }

    static void write(BinaryWriter writer, ValueCommand command) {
        switch (command) {
            case ValueCommand.Set(var key, var value) -> writer.text(key).blob(value);
            case ValueCommand.Delete(var key) -> writer.text(key);
            case ValueCommand.Other(var other) -> writer.blob(other);
        }
    }

    /// Reads what [#write] has written, where the kind's number stands beside it.
    static ValueCommand read(int number, BinaryReader reader) {
        for (CommandKind<ValueCommand> kind : KINDS) {
            if (kind.number() == number) {
                return kind.reader().read(reader, kind.version());
            }
        }
        throw new MalformedException("no value command has kind " + Integer.toHexString(number));
    }
}

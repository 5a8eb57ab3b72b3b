package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// The bodies of value commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class ValueCommands {
    public static final int SET = 0x0201;
    public static final int DELETE = 0x0202;
    public static final int OTHER = 0x0203;
    public static final int CHANGE_SETTING = 0x0204;
    public static final int RAISE_FEATURE_LEVEL = 0x0205;

    /// The version written for every kind.
    public static final int VERSION = 1;

    private ValueCommands() {}

    /// The envelope kind of `command`.
    public static int kind(ValueCommand command) {
        return switch (command) {
            case ValueCommand.Set _ -> SET;
            case ValueCommand.Delete _ -> DELETE;
            case ValueCommand.Other _ -> OTHER;
            case ValueCommand.ChangeSetting _ -> CHANGE_SETTING;
            case ValueCommand.RaiseFeatureLevel _ -> RAISE_FEATURE_LEVEL;
        };
    }

    /// The body of `command` in its newest version.
    public static Bytes encode(ValueCommand command) {
        var writer = new BinaryWriter();
        write(writer, command);
        return Bytes.wrap(writer.toBytes());
    }

    /// Reads a body back; throws [MalformedException] for what is not known here or not whole, and
    /// [IllegalArgumentException] for what was never allowed to be proposed.
    public static ValueCommand decode(int kind, int version, Bytes body) {
        if (version != VERSION) {
            throw new MalformedException(
                    "value command " + Integer.toHexString(kind) + " version " + version + " is not known here");
        }
        var reader = BinaryReader.over(body.array());
        ValueCommand command = read(kind, reader);
        reader.end();
        return command;
    }

    static void write(BinaryWriter writer, ValueCommand command) {
        switch (command) {
            case ValueCommand.Set(var key, var value) -> writer.text(key).blob(value);
            case ValueCommand.Delete(var key) -> writer.text(key);
            case ValueCommand.Other(var other) -> writer.blob(other);
            case ValueCommand.ChangeSetting(var name, var value) ->
                writer.text(name).text(value);
            case ValueCommand.RaiseFeatureLevel(var level) -> writer.u16(level);
        }
    }

    static ValueCommand read(int kind, BinaryReader reader) {
        return switch (kind) {
            case SET ->
                new ValueCommand.Set(reader.text(ValueLimits.MAX_KEY_BYTES), reader.bytes(ValueLimits.MAX_VALUE_BYTES));
            case DELETE -> new ValueCommand.Delete(reader.text(ValueLimits.MAX_KEY_BYTES));
            case OTHER -> new ValueCommand.Other(reader.bytes(ValueLimits.MAX_VALUE_BYTES));
            case CHANGE_SETTING ->
                new ValueCommand.ChangeSetting(
                        reader.text(ValueLimits.MAX_KEY_BYTES), reader.text(ValueLimits.MAX_SETTING_BYTES));
            case RAISE_FEATURE_LEVEL -> new ValueCommand.RaiseFeatureLevel(reader.u16());
            default -> throw new MalformedException("no value command has kind " + Integer.toHexString(kind));
        };
    }
}

package io.muster.values;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;

/// Everything that can be asked of the value ledger through the log.
public sealed interface ValueCommand extends LogCommand {
    @Override
    default CommandKind<ValueCommand> kind() {
        return ValueCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return ValueCommands.encode(this);
    }

    /// Stores `value` under `key`, whatever was there.
    ///
    /// @param key the name
    /// @param value a JSON value, opaque here
    record Set(String key, Bytes value) implements ValueCommand {
        public Set {
            ValueLimits.checkKey(key);
            ValueLimits.checkSize("value", value, ValueLimits.MAX_VALUE_BYTES);
        }

        @Override
        public String summary() {
            return key + " = " + value.text();
        }
    }

    /// Removes `key`.
    record Delete(String key) implements ValueCommand {
        public Delete {
            ValueLimits.checkKey(key);
        }

        @Override
        public String summary() {
            return key;
        }
    }

    /// Any other JSON command: it takes its place in the log, as durable as the rest, and changes nothing.
    record Other(Bytes command) implements ValueCommand {
        public Other {
            ValueLimits.checkSize("command", command, ValueLimits.MAX_VALUE_BYTES);
        }

        @Override
        public String summary() {
            return command.text();
        }
    }
}

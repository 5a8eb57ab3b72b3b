package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;

/// Everything that can be asked of the access ledger through the log.
public sealed interface AccessCommand extends LogCommand {
    @Override
    default CommandKind<AccessCommand> kind() {
        return AccessCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return AccessCommands.encode(this);
    }

    /// Adds a key.
    record AddKey(KeyRecord key) implements AccessCommand {
        @Override
        public String summary() {
            return key.summary();
        }
    }

    /// Adds a key only while there is no usable admin key at all: how a new cluster gets its first one, whichever
    /// node asks first.
    record AddFirstKey(KeyRecord key) implements AccessCommand {
        public AddFirstKey {
            if (key.role() != Role.ADMIN) {
                throw new IllegalArgumentException("the first key is an admin's, not a " + key.role() + "'s");
            }
        }

        @Override
        public String summary() {
            return key.summary();
        }
    }

    /// Ends a key for good.
    record RevokeKey(String id) implements AccessCommand {
        public RevokeKey {
            KeyRecord.checkId(id);
        }

        @Override
        public String summary() {
            return id;
        }
    }
}

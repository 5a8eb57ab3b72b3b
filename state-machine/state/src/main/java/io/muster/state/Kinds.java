package io.muster.state;

import io.muster.encoding.Invariant;
import io.muster.log.CommandKind;
import io.muster.log.Ledger;
import io.muster.log.LogCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands that this version of Muster knows: all that its ledgers list, and nothing besides.
///
/// What is not in this table stops the node, so a new command, or a new shape of an old one, enters it with
/// the feature level that every voter must support before anybody may propose it.
final class Kinds {
    private final Map<Integer, Known<?>> known = new HashMap<>();

    Kinds(List<Ledger<?>> ledgers) {
        ledgers.forEach(this::add);
    }

    /// A kind, and the ledger that its commands are for.
    record Known<C extends LogCommand>(CommandKind<C> kind, Ledger<C> ledger) {}

    private <C extends LogCommand> void add(Ledger<C> ledger) {
        for (CommandKind<C> kind : ledger.kinds()) {
            var other = known.put(kind.number(), new Known<>(kind, ledger));
            Invariant.check(other == null, "no two kinds of command have one number");
        }
    }

    /// What is known of `number`; null for nothing.
    @Nullable Known<?> find(int number) {
        return known.get(number);
    }
}

package io.muster.state;

import io.muster.access.AccessCommands;
import io.muster.audits.AuditCommands;
import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.jobs.JobCommands;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;
import io.muster.values.ValueCommands;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The commands that this version of Muster knows: all that its ledgers list, and nothing besides.
///
/// What is not in this table stops the node, so a new command, or a new shape of an old one, enters it with the feature
/// level that every voter must support before anybody may propose it.
final class Kinds {
    private final Map<Integer, Known<?>> known = new HashMap<>();

    /// All that there are.
    static Kinds all() {
        return new Kinds()
                .with(ClusterCommands.KINDS, Command.ForCluster::new)
                .with(ValueCommands.KINDS, Command.ForValues::new)
                .with(JobCommands.KINDS, Command.ForJobs::new)
                .with(AccessCommands.KINDS, Command.ForAccess::new)
                .with(AuditCommands.KINDS, Command.ForAudits::new);
    }

    /// What is known of a kind.
    ///
    /// @param kind the kind, as its ledger declares it
    /// @param ledger says which ledger its commands are for
    record Known<C extends LogCommand>(CommandKind<C> kind, Function<C, Command> ledger) {
        /// Reads a body back, as [CommandKind#decode] does.
        Command read(int version, Bytes body) {
            return ledger.apply(kind.decode(version, body));
        }
    }

    /// Adds the kinds of one ledger.
    <C extends LogCommand> Kinds with(List<CommandKind<C>> kinds, Function<C, Command> ledger) {
        for (CommandKind<C> kind : kinds) {
            var other = known.put(kind.number(), new Known<>(kind, ledger));
            Invariant.check(other == null, "no two kinds of command have one number");
        }
        return this;
    }

    /// What is known of `number`; null for nothing.
    @Nullable Known<?> find(int number) {
        return known.get(number);
    }
}

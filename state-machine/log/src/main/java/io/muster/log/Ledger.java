package io.muster.log;

import io.muster.encoding.Bytes;
import java.util.List;

/// A part of what the cluster knows: a deterministic function of the log, and so the same on every
/// node.
///
/// For each entry of the log, whatever it holds, the state machine calls [#advance] once, then [#apply]
/// if the entry's command is for this ledger, then [#settle] once. One thread owns a ledger; reads
/// happen on it too. A ledger knows no other ledger: what it needs of one it declares as an interface,
/// which the state machine's table of follow-ups fills in.
///
/// @param <C> what can be asked of it
public interface Ledger<C extends LogCommand> {
    /// Names its section of a snapshot; it never changes.
    String name();

    /// All kinds of command that are for this ledger.
    List<CommandKind<C>> kinds();

    /// Lets time pass up to the entry at `stamp`: what is due by then happens now.
    default void advance(Stamp stamp) {}

    /// Carries out a command that stands at `stamp`.
    ///
    /// @param envelope how it came: who asked, under which idempotency key, in which bytes
    Reply apply(Stamp stamp, C command, Envelope envelope);

    /// Ends the entry at `stamp`: what the ledger does by itself with what the entry has changed.
    default void settle(Stamp stamp) {}

    /// Says who leads from here in the log on.
    default void leaderChanged(NodeId leader) {}

    /// Whether something must happen by itself at log time `time`: an idle leader then writes an entry.
    default boolean isDueAt(LogTime time) {
        return false;
    }

    /// A fingerprint: equal on two nodes whose ledgers are equal. The log holds fingerprints, and is
    /// replayed, so what goes into one may change only from a higher feature level on.
    ///
    /// @param level the feature level of the cluster at this entry
    long digest(int level);

    /// The stored form of its replies.
    ReplyCodec replies();

    /// Holds all that it knows still, as its section of a snapshot. It takes milliseconds at most,
    /// however much that is, and nothing that happens to the ledger later shows in it.
    FrozenSection freeze();

    /// Fills an empty ledger with the section of another. It then goes on as the other would have.
    /// Throws [io.muster.encoding.MalformedException] where the section is damaged or of an unknown
    /// version.
    void fill(Iterable<Bytes> chunks);
}

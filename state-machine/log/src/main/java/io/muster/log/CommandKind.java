package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// All that there is to say of one kind of command, said once, beside the ledger that it is for.
///
/// @param number names the kind in every envelope; a number never changes its meaning
/// @param name what people call it, such as `jobs.cancel`. It never changes: the record of decisions
///     holds it, and the chain of decisions enters the digest
/// @param version the shape of body that is written, from 1. A changed shape takes the next
///     version, and the older ones stay readable
/// @param level the feature level that the cluster must have reached before this kind and version
///     may stand in the log
/// @param reader reads a body of any version up to this one
/// @param recording whether a command that somebody asked for is a decision
/// @param repeats who answers a request that is repeated under its idempotency key
/// @param <C> the type of the commands
public record CommandKind<C extends LogCommand>(
        int number, String name, int version, int level, Reader<C> reader, Recording recording, Repeats repeats) {
    /// Whether a command stands on the record of decisions under the name of its principal.
    public enum Recording {
        /// Somebody's decision, which the record keeps.
        DECISION,
        /// Work that goes on by itself, such as the reports of workers.
        WORK
    }

    /// Who remembers the first answer to a request with an idempotency key.
    public enum Repeats {
        /// The table that all ledgers share.
        SHARED,
        /// The ledger of the command, which tells repetitions by a table or by means of its own.
        LEDGER
    }

    /// A decision whose repetitions the shared table answers, as of most kinds.
    public CommandKind(int number, String name, int version, int level, Reader<C> reader) {
        this(number, name, version, level, reader, Recording.DECISION, Repeats.SHARED);
    }

    public CommandKind {
        if (number < 1 || number > 0xFFFF || version < 1 || version > 0xFF || level < 1) {
            throw new IllegalArgumentException("no command can be of kind " + number + " version " + version
                    + " from feature level " + level + " on");
        }
    }

    /// The same kind, whose commands are work and no decisions.
    public CommandKind<C> asWork() {
        return new CommandKind<>(number, name, version, level, reader, Recording.WORK, repeats);
    }

    /// The same kind, whose repetitions its ledger answers.
    public CommandKind<C> repeatedToLedger() {
        return new CommandKind<>(number, name, version, level, reader, recording, Repeats.LEDGER);
    }

    /// Reads a body back. Throws [MalformedException] for one that is not whole or of a version
    /// that is not known here, and [IllegalArgumentException] for one that says what was never
    /// allowed to be proposed.
    public C decode(int bodyVersion, Bytes body) {
        if (bodyVersion < 1 || bodyVersion > version) {
            throw new MalformedException("version " + bodyVersion + " of " + name + " is not known here");
        }
        var binary = BinaryReader.over(body.array());
        C command = reader.read(binary, bodyVersion);
        binary.end();
        return command;
    }

    /// How a body is read.
    ///
    /// @param <C> the type of the command
    public interface Reader<C> {
        /// Reads a body of `version`, which is at least 1 and at most the kind's own.
        C read(BinaryReader binary, int version);
    }
}

package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raft.FoundingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;

/// What must be true of a folder before its log is written to: that everything acknowledged is still there.
///
/// Looked at in this order: the witness, whether there is a log at all, the write-ahead log before SQLite
/// drops what it does not believe, then, through a connection that cannot write, SQLite's own structure,
/// the tables, the identity, the vote, the base, and whether the log reaches as far as its witness says. The
/// batches are checked when they are read ([SqliteLogStore#restore]). Nothing was changed when one of
/// these refuses.
final class LogOpening {
    private LogOpening() {}

    /// Begins the log of a folder that has none, durably, with `configuration`: from now on the folder's voter takes
    /// part.
    static void found(DataFolder folder, Configuration configuration, SqliteFile.Size size) throws SQLException {
        begin(folder, configuration, LogBeginning.of(configuration), size);
    }

    /// The same with a log that holds `beginning`, in which `configuration` is in force.
    static void begin(DataFolder folder, Configuration configuration, LogBeginning beginning, SqliteFile.Size size)
            throws SQLException {
        create(folder, beginning, size);
        VoterId self = folder.foundingStatus().identity();
        var founders = new TreeMap<>(configuration.identities());
        founders.put(folder.identity().node(), self);
        folder.advance(new FoundingStatus(self, founders, true));
    }

    /// Begins an empty log in a folder that has none, durably: a leader that has added its voter sends what stands in
    /// it.
    static void join(DataFolder folder, SqliteFile.Size size) throws SQLException {
        create(folder, LogBeginning.EMPTY, size);
        folder.advance(FoundingStatus.joined(folder.foundingStatus().identity()));
    }

    private static void create(DataFolder folder, LogBeginning beginning, SqliteFile.Size size) throws SQLException {
        folder.removeUnfinishedLog();
        VoterId self = folder.foundingStatus().identity();
        SqliteFile.create(folder.log());
        try (Connection connection = SqliteFile.openForWriting(folder.log(), size)) {
            LogSchema.create(connection, folder.identity(), self, beginning);
        }
        LogWitness.create(folder.witness());
        folder.sync();
    }

    /// Throws [EngineException] where the log is damaged, gone, another's, or shorter than what was synced.
    static void requireWhole(DataFolder folder, LogWitness witness) throws SQLException {
        Path file = folder.log();
        if (isMissing(file)) {
            throw new EngineException("the log " + file + " is gone or empty, and " + folder.witness()
                    + " says that it had " + witness.number() + " writes: " + SqliteFile.LOST_FOLDER);
        }
        SqliteFile.requireHeader(file);
        WalFile.requireWhole(folder.wal());
        try (Connection reading = SqliteFile.openForReading(file)) {
            SqliteFile.requireSound(reading, file);
            LogSchema.requireTables(reading, file);
            LogSchema.requireSame(
                    reading, file, folder.identity(), folder.foundingStatus().identity());
            IncarnationTable.own(reading, file);
            IncarnationTable.peers(reading, file);
            LogSchema.vote(reading, file);
            LogSchema.base(reading, file);
            long last = LogSchema.lastWrite(reading);
            if (last < witness.number()) {
                throw new EngineException("the log " + file + " ends with write " + last + ", and " + folder.witness()
                        + " says that write " + witness.number() + " was synced: what was acknowledged is lost here: "
                        + SqliteFile.LOST_FOLDER);
            }
        }
    }

    private static boolean isMissing(Path file) {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            throw new EngineException("cannot look at the log " + file + ": " + e, e);
        }
    }
}

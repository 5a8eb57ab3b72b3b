package io.muster.raft;

import io.muster.consensus.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// What must be true of a folder before its log is written to: that everything acknowledged is still there.
///
/// Looked at in this order: the witness, whether there is a log at all, the write-ahead log before SQLite drops what it
/// does not believe, then, through a connection that cannot write, SQLite's own structure, the tables, the identity,
/// the
/// vote, and whether the log reaches as far as its witness says. The batches are checked when they are read
/// ([SqliteLogStore#restore]). Nothing was changed when one of these refuses.
final class LogOpening {
    private LogOpening() {}

    /// The witness of the folder's log, a new one in a new folder.
    static LogWitness witness(DataFolder folder) {
        if (Files.exists(folder.witness())) {
            return LogWitness.open(folder.witness());
        }
        if (Files.exists(folder.log()) || Files.exists(folder.wal())) {
            throw new EngineException(folder.witness()
                    + " is gone, which says how much of the log beside it was synced: " + SqliteFile.LOST_FOLDER);
        }
        var witness = LogWitness.create(folder.witness());
        folder.sync();
        return witness;
    }

    /// Makes a new log, durably.
    static void begin(
            DataFolder folder, LogWitness witness, LogIdentity identity, Batch bootstrap, SqliteFile.Size size)
            throws SQLException {
        folder.removeUnfinishedLog();
        try (Connection connection = SqliteFile.openForWriting(folder.log(), size)) {
            LogSchema.create(connection, identity, bootstrap);
        }
        folder.sync();
        witness.note(LogSchema.FIRST_WRITE);
        witness.sync();
    }

    /// Throws [EngineException] where the log is damaged, gone, another's, or shorter than what was synced.
    static void requireWhole(DataFolder folder, LogWitness witness, LogIdentity identity) throws SQLException {
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
            LogSchema.requireSame(reading, file, identity);
            LogSchema.vote(reading, file);
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

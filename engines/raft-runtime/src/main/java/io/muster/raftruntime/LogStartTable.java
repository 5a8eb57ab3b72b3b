package io.muster.raftruntime;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.raft.LogStart;
import io.muster.raft.StoredConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Where the log begins, as the one row of a table: what a log that was cut must know of what is gone (T25).
final class LogStartTable {
    static final String TABLE = """
        CREATE TABLE base (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            last_index INTEGER NOT NULL, term INTEGER NOT NULL, micros INTEGER NOT NULL, elapsed INTEGER NOT NULL,
            configuration BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT
        """;

    private LogStartTable() {}

    /// Makes the table of a log that begins at `start`.
    static void create(Connection connection, LogStart start) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        try (PreparedStatement row = update(connection)) {
            bind(row, start);
            row.executeUpdate();
        }
    }

    /// The statement that [#bind] fills in.
    static PreparedStatement update(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT OR REPLACE INTO base VALUES (1, ?, ?, ?, ?, ?, ?)");
    }

    static void bind(PreparedStatement update, LogStart base) throws SQLException {
        Bytes configuration = base.configuration().encode();
        update.setLong(1, base.index());
        update.setLong(2, base.term());
        update.setLong(3, base.time().micros());
        update.setLong(4, base.time().elapsedMicros());
        update.setBytes(5, configuration.array());
        update.setInt(6, checksum(base, configuration));
    }

    /// Reads it; throws [EngineException] where it is damaged.
    static LogStart read(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_index, term, micros, elapsed, configuration, checksum FROM base")) {
            byte[] stored = row.next() ? row.getBytes(5) : null;
            if (stored == null) {
                throw damaged(file);
            }
            var configuration = Bytes.wrap(stored);
            var base = new LogStart(
                    row.getLong(1),
                    row.getLong(2),
                    new LogTime(row.getLong(3), row.getLong(4)),
                    StoredConfiguration.decode(configuration));
            if (row.getInt(6) != checksum(base, configuration)) {
                throw damaged(file);
            }
            return base;
        } catch (MalformedException | InvariantViolation e) {
            throw damaged(file);
        }
    }

    private static int checksum(LogStart base, Bytes configuration) {
        return new BinaryWriter()
                .i64(base.index())
                .i64(base.term())
                .i64(base.time().micros())
                .i64(base.time().elapsedMicros())
                .raw(configuration.array())
                .checksumFrom(0);
    }

    private static EngineException damaged(Path file) {
        return new EngineException("the base stored in " + file
                + ", where the log begins, does not match its checksum: " + SqliteFile.LOST_FOLDER);
    }
}

package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Batches as rows, and back; every row that is read is checked before it is believed.
final class BatchTable {
    private static final String COLUMNS = "last_index, first_index, term, kind, micros, elapsed, checksum, body";

    private BatchTable() {}

    /// The statement that [#bind] fills in.
    static PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "INSERT INTO batch (" + COLUMNS + ", write) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /// @param write the number of the transaction it is written in
    static void bind(PreparedStatement insert, Batch batch, long write) throws SQLException {
        insert.setLong(1, batch.lastIndex());
        insert.setLong(2, batch.firstIndex());
        insert.setLong(3, batch.term());
        insert.setInt(4, batch.kind().code());
        insert.setLong(5, batch.time().micros());
        insert.setLong(6, batch.time().elapsedMicros());
        insert.setInt(7, batch.checksum());
        insert.setBytes(8, batch.body().array());
        insert.setLong(9, write);
    }

    /// Removes every batch that holds the index it is given or a later one.
    static PreparedStatement cut(Connection connection) throws SQLException {
        return connection.prepareStatement("DELETE FROM batch WHERE last_index >= ?");
    }

    /// The log behind the index it is given, oldest first.
    static PreparedStatement behind(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM batch WHERE last_index > ? ORDER BY last_index");
    }

    /// The oldest rows that end at or below the index it is given, no more than it is given: the last
    /// index of each, and how many bytes it takes.
    static PreparedStatement oldest(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "SELECT last_index, length(body) FROM batch WHERE last_index <= ? ORDER BY last_index LIMIT ?");
    }

    /// Removes every row that ends at or below the index it is given.
    static PreparedStatement removal(Connection connection) throws SQLException {
        return connection.prepareStatement("DELETE FROM batch WHERE last_index <= ?");
    }

    /// The batch that holds the index it is given.
    static PreparedStatement holding(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM batch WHERE last_index >= ? ORDER BY last_index LIMIT 1");
    }

    /// Reads the row that `rows` stands on; throws [EngineException] where it is not what the leader sealed. A damaged
    /// row is never cut away: it may have been acknowledged (Alagappan et al., FAST '18).
    static Batch read(ResultSet rows, Path file) throws SQLException {
        long lastIndex = rows.getLong(1);
        try {
            long firstIndex = rows.getLong(2);
            byte[] body = rows.getBytes(8);
            var batch = new Batch(
                    firstIndex,
                    Math.toIntExact(lastIndex - firstIndex + 1),
                    rows.getLong(3),
                    BatchKind.ofCode(rows.getInt(4)),
                    new LogTime(rows.getLong(5), rows.getLong(6)),
                    Bytes.wrap(body == null ? new byte[0] : body),
                    rows.getInt(7));
            if (batch.isIntact()) {
                return batch;
            }
        } catch (MalformedException | InvariantViolation | ArithmeticException e) {
            throw damaged(file, lastIndex, e);
        }
        throw damaged(file, lastIndex, null);
    }

    /// Says which row of which file is not to be believed.
    static EngineException damaged(Path file, long lastIndex, @Nullable Throwable cause) {
        return new EngineException(
                "row " + lastIndex + " of table batch in " + file + " does not match its checksum or its neighbours: "
                        + SqliteFile.LOST_FOLDER,
                cause);
    }
}

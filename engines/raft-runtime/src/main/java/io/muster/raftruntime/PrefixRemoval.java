package io.muster.raftruntime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The rows before a log's base that are still to be removed. They are no part of the log, so it does not matter when
/// they go, nor that a crash comes in between: they go in slices, so that no write waits long for one.
///
/// Their pages are not given back to the file system. SQLite writes the next batches into them, so the file stays as
/// large as the log once was at its largest.
final class PrefixRemoval {
    /// Three full batches: a write waits for a slice about as long as for the group before it. Not measured yet.
    static final long SLICE_BYTES = 3 << 20;

    /// Small rows cost by their number: as long as a slice of large ones.
    static final int SLICE_ROWS = 2_000;

    private final PreparedStatement oldest;
    private final PreparedStatement removal;
    private long upTo;
    private boolean isDue;

    /// Looks for rows that end at or before `base`, which an earlier process did not come to.
    PrefixRemoval(Connection connection, long base) throws SQLException {
        oldest = BatchTable.oldest(connection);
        removal = BatchTable.removal(connection);
        upTo = base;
        oldest.setLong(1, base);
        oldest.setInt(2, 1);
        try (ResultSet found = oldest.executeQuery()) {
            isDue = found.next();
        }
    }

    /// Every row that ends at `index` or before is to go.
    void upTo(long index) {
        upTo = index;
        isDue = true;
    }

    /// Whether any may be left.
    boolean isDue() {
        return isDue;
    }

    /// Removes the next slice, within a transaction of the caller.
    void removeSlice() throws SQLException {
        long last = 0;
        long bytes = 0;
        int rows = 0;
        oldest.setLong(1, upTo);
        oldest.setInt(2, SLICE_ROWS);
        try (ResultSet found = oldest.executeQuery()) {
            while (bytes < SLICE_BYTES && found.next()) {
                last = found.getLong(1);
                bytes += found.getLong(2);
                rows++;
            }
        }
        isDue = bytes >= SLICE_BYTES || rows >= SLICE_ROWS;
        if (rows > 0) {
            removal.setLong(1, last);
            SqliteFile.run(removal);
        }
    }
}

package io.muster.history;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import io.muster.log.ClusterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The SQL of `history.db` over one connection. Not for use by two threads at once.
final class BlockTable implements AutoCloseable {
    private static final int FORMAT = 1;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS identity (format INTEGER NOT NULL, cluster TEXT NOT NULL)",
            """
            CREATE TABLE IF NOT EXISTS block (
              number INTEGER PRIMARY KEY,
              last_index INTEGER NOT NULL,
              lowest INTEGER NOT NULL,
              highest INTEGER NOT NULL,
              frame BLOB NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS block_ranges ON block (last_index, lowest, highest)");

    private final Path file;
    private final Connection connection;

    private BlockTable(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens the file for writing, and makes it where there is none.
    static BlockTable openForWriting(Path file, ClusterId cluster) {
        try {
            makePrivate(file);
            var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                // Blocks are large blobs: large pages keep them together.
                statement.execute("PRAGMA page_size = 16384");
                statement.execute("PRAGMA journal_mode = WAL");
                // Once the log is cut behind a snapshot, a block may stand nowhere else.
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA busy_timeout = 5000");
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            var table = new BlockTable(file, connection);
            table.checkIdentity(cluster);
            connection.setAutoCommit(false);
            return table;
        } catch (SQLException e) {
            throw new HistoryException(
                    "cannot open the history " + file + ": " + e.getMessage()
                            + "; check the disk, or move the file away to have it fetched from the other nodes",
                    e);
        }
    }

    /// Makes a new file readable for its owner alone; SQLite gives the files beside it the same permissions.
    private static void makePrivate(Path file) {
        if (Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new HistoryException("cannot create the history " + file + ": " + e.getMessage(), e);
        }
    }

    /// Opens the file for reading beside a writer.
    static BlockTable openForReading(Path file) {
        try {
            var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = 1");
                statement.execute("PRAGMA busy_timeout = 5000");
            }
            return new BlockTable(file, connection);
        } catch (SQLException e) {
            throw new HistoryException("cannot open the history " + file + " for reading: " + e.getMessage(), e);
        }
    }

    /// Adds a block unless it stands here already; a different one under its number is another past, and refused.
    void insert(HistoryBlock block) {
        Bytes frame = BlockFrame.encode(block);
        try (var statement = connection.prepareStatement(
                "INSERT INTO block VALUES (?, ?, ?, ?, ?)" + " ON CONFLICT (number) DO NOTHING")) {
            bind(statement, block, frame);
            if (statement.executeUpdate() == 1) {
                return;
            }
        } catch (SQLException e) {
            throw cannot("write block " + block.number(), e);
        }
        Optional<Bytes> stored = frame(block.number());
        if (stored.isPresent() && isDamaged(stored.get())) {
            replace(block);
        } else if (!stored.equals(Optional.of(frame))) {
            throw new HistoryException(
                    "block " + block.number() + " of the history " + file + " holds another past than"
                            + " this node's log: one of the two is not this cluster's. Stop the node and move the file"
                            + " away;"
                            + " the blocks come again from the log and the other nodes");
        }
    }

    /// Puts an intact block in the place of a damaged or missing one.
    void replace(HistoryBlock block) {
        try (var statement = connection.prepareStatement("INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?, ?)")) {
            bind(statement, block, BlockFrame.encode(block));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw cannot("write block " + block.number(), e);
        }
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw cannot("commit", e);
        }
    }

    /// The stored frame of block `number`, unread.
    Optional<Bytes> frame(long number) {
        try (var statement = connection.prepareStatement("SELECT frame FROM block WHERE number = ?")) {
            statement.setLong(1, number);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Bytes.wrap(rows.getBytes(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw cannot("read block " + number, e);
        }
    }

    /// Up to `most` numbers of blocks below `below`, highest first.
    List<Long> numbersBelow(long below, int most) {
        return numbers("SELECT number FROM block WHERE number < ? ORDER BY number DESC LIMIT ?", below, most);
    }

    /// Up to `most` numbers of blocks above `above`, lowest first.
    List<Long> numbersAbove(long above, int most) {
        return numbers("SELECT number FROM block WHERE number > ? ORDER BY number LIMIT ?", above, most);
    }

    /// The blocks that may hold `job`, newest first: a job ends no earlier than it was submitted.
    List<Long> numbersFor(JobId job) {
        String sql = "SELECT number FROM block WHERE last_index >= ? AND lowest <= ? AND highest >= ?"
                + " ORDER BY number DESC";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, job.index());
            statement.setLong(2, job.value());
            statement.setLong(3, job.value());
            return numbers(statement);
        } catch (SQLException e) {
            throw cannot("look for " + job, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw cannot("close", e);
        }
    }

    private void checkIdentity(ClusterId cluster) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format, cluster FROM identity")) {
            if (rows.next()) {
                refuseUnlessOurs(rows.getInt(1), rows.getString(2), cluster);
                return;
            }
        }
        try (var statement = connection.prepareStatement("INSERT INTO identity VALUES (?, ?)")) {
            statement.setInt(1, FORMAT);
            statement.setString(2, cluster.toString());
            statement.executeUpdate();
        }
    }

    private void refuseUnlessOurs(int format, String owner, ClusterId cluster) {
        if (format != FORMAT) {
            throw new HistoryException("the history " + file + " has format " + format + ", this version knows "
                    + FORMAT + " only: use the version that wrote it");
        }
        if (!owner.equals(cluster.toString())) {
            throw new HistoryException("the history " + file + " belongs to cluster " + owner + ", this node to "
                    + cluster + ": the data folder is another cluster's");
        }
    }

    private List<Long> numbers(String sql, long bound, int most) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, bound);
            statement.setInt(2, most);
            return numbers(statement);
        } catch (SQLException e) {
            throw cannot("list its blocks", e);
        }
    }

    private static List<Long> numbers(PreparedStatement statement) throws SQLException {
        var numbers = new ArrayList<Long>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private static void bind(PreparedStatement statement, HistoryBlock block, Bytes frame) throws SQLException {
        statement.setLong(1, block.number());
        statement.setLong(2, block.lastIndex());
        statement.setLong(3, block.lowest().value());
        statement.setLong(4, block.highest().value());
        statement.setBytes(5, frame.array());
    }

    private static boolean isDamaged(Bytes frame) {
        try {
            return !BlockFrame.decode(frame).isIntact();
        } catch (MalformedException e) {
            return true;
        }
    }

    private HistoryException cannot(String what, SQLException cause) {
        return new HistoryException(
                "cannot " + what + " in the history " + file + ": " + cause.getMessage() + "; check the disk", cause);
    }
}

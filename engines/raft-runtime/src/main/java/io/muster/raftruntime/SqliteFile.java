package io.muster.raftruntime;

import io.muster.log.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Opens the SQLite file of a log the one way that is durable, and says in words what SQLite refuses.
///
/// Measured with 256-byte entries on two cores: a row for each batch in pages of 16 KiB writes 90,000 entries a
/// second at 16 entries a batch and over a million at 1,024; a checkpoint every 1,000 pages stalled commits for up
/// to 91 ms, every 100 pages it is not seen.
final class SqliteFile {
    /// What to do about a folder that is not to be believed. An empty one in its place has forgotten votes and entries
    /// that it acknowledged, and could help to elect a leader without them (docs/guarantees.md).
    static final String LOST_FOLDER =
            "leave this node stopped: the others go on while they are a majority. Do not start an empty folder or an "
                    + "old backup in its place; " + Peer.WAY_BACK;

    /// The size of a page of the log.
    static final int PAGE_BYTES = 16 * 1024;

    private static final int CHECKPOINT_PAGES = 100;
    private static final int WRITER_CACHE_KIB = 16 * 1024;

    /// How long a connection waits for the other's short lock, such as while the log file is being created.
    private static final int BUSY_MILLIS = 5_000;

    /// How a file begins (sqlite.org/fileformat2.html#the_database_header), and where it says for writing
    /// and for reading that it has a write-ahead log.
    private static final String MAGIC = "SQLite format 3\0";

    private static final int MODE_AT = 18;
    private static final byte WAL_MODE = 2;

    /// SQLite 3.7.0 to 3.51.2 could corrupt a WAL that two connections reset at once (sqlite.org/wal.html#walresetbug).
    private static final int OLDEST_SAFE_SQLITE = 3_051_003;

    private SqliteFile() {}

    /// How large a log may grow, and in which pages; all but tests use [#PAGE_BYTES].
    record Size(long maxBytes, int pageBytes) {}

    /// The one connection that writes. What an earlier process left in the write-ahead log is brought into the file and
    /// the write-ahead log begun anew; see [WalFile].
    static Connection openForWriting(Path file, Size size) throws SQLException {
        Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        requireSafeVersion(connection);
        pragma(connection, "busy_timeout=" + BUSY_MILLIS);
        pragma(connection, "page_size=" + size.pageBytes());
        String journal = pragma(connection, "journal_mode=WAL");
        if (!journal.equals("wal")) {
            throw new EngineException("cannot keep a write-ahead log beside " + file + " (SQLite answers '" + journal
                    + "'): use a local disk, not a network file system");
        }
        pragma(connection, "synchronous=FULL");
        pragma(connection, "wal_autocheckpoint=" + CHECKPOINT_PAGES);
        pragma(connection, "cache_size=-" + WRITER_CACHE_KIB);
        pragma(connection, "max_page_count=" + Math.max(1, size.maxBytes() / size.pageBytes()));
        pragma(connection, "wal_checkpoint(TRUNCATE)");
        return connection;
    }

    /// Makes an empty file that its owner alone can read; SQLite gives the files beside it the same permissions.
    static void create(Path file) {
        try {
            Files.createFile(file, OwnerOnly.file(file));
        } catch (IOException e) {
            throw new EngineException("cannot create the log " + file + ": " + e, e);
        }
    }

    /// Throws [EngineException] where `file` does not begin as a file with a write-ahead log does: SQLite
    /// would open it in another way, and leave the write-ahead log out.
    static void requireHeader(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(MODE_AT + 2);
            boolean isWhole = begin.length == MODE_AT + 2
                    && new String(begin, 0, MAGIC.length(), StandardCharsets.US_ASCII).equals(MAGIC)
                    && begin[MODE_AT] == WAL_MODE
                    && begin[MODE_AT + 1] == WAL_MODE;
            if (!isWhole) {
                throw new EngineException(
                        "the log " + file + " is damaged: it does not begin as a log does: " + LOST_FOLDER);
            }
        } catch (IOException e) {
            throw new EngineException("cannot read the log " + file + ": " + e + ": check the disk", e);
        }
    }

    /// A connection that cannot write.
    static Connection openForReading(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        pragma(connection, "busy_timeout=" + BUSY_MILLIS);
        return connection;
    }

    /// Throws [EngineException] where SQLite finds pages of `file` that cannot be, are used twice or by nobody.
    static void requireSound(Connection connection, Path file) throws SQLException {
        String finding = single(connection, "PRAGMA quick_check(1)");
        if (!finding.equals("ok")) {
            throw new EngineException(
                    "the log " + file + " is damaged (" + finding.replaceAll("\\s+", " ") + "): " + LOST_FOLDER);
        }
    }

    /// What went wrong with `file`, and what a person can do about it.
    static EngineException refused(String act, Path file, SQLException cause) {
        return new EngineException("cannot " + act + " the log " + file + ": " + reason(cause), cause);
    }

    private static String reason(SQLException cause) {
        if (!(cause instanceof SQLiteException refusal)) {
            return String.valueOf(cause.getMessage());
        }
        SQLiteErrorCode code = refusal.getResultCode();
        return switch (code.code & 0xFF) {
            case 13 -> "the disk or the log's limit is full (" + code + "): free space, then start the node again";
            case 10 ->
                "the disk refused (" + code + "): check the disk, then start the node again; "
                        + "what was not synced was not acknowledged";
            case 1, 11, 26 -> "the file is damaged (" + code + "): " + LOST_FOLDER;
            case 8 -> "the file cannot be written (" + code + "): check its owner and permissions";
            default -> String.valueOf(refusal.getMessage());
        };
    }

    private static void requireSafeVersion(Connection connection) throws SQLException {
        String version = single(connection, "SELECT sqlite_version()");
        String[] parts = version.split("\\.", 3);
        int number = Integer.parseInt(parts[0]) * 1_000_000
                + Integer.parseInt(parts[1]) * 1_000
                + Integer.parseInt(parts[2]);
        if (number < OLDEST_SAFE_SQLITE) {
            throw new EngineException("SQLite " + version + " may corrupt a log that is read while it is written: "
                    + "put sqlite-jdbc 3.51.3 or later on the class path");
        }
    }

    private static String pragma(Connection connection, String assignment) throws SQLException {
        return single(connection, "PRAGMA " + assignment);
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet answer = statement.getResultSet()) {
                return answer.next() ? answer.getString(1) : "";
            }
        }
    }

    /// Runs a prepared statement that answers nothing.
    static void run(PreparedStatement statement) throws SQLException {
        statement.executeUpdate();
    }
}

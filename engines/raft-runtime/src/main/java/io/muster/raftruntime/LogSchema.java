package io.muster.raftruntime;

import io.muster.encoding.BinaryWriter;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Batch;
import io.muster.raft.LogStart;
import io.muster.raft.VoteState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.TreeSet;

/// The tables of a log file, format 2, and the rule that nobody opens the log of another.
///
/// * `identity`, one row: format, cluster, node, group, voter, and how often the log has been opened (the incarnation).
/// * `vote`, one row: the term and the vote in it, together.
/// * `batch`, one row for each batch under the index of its last entry: the header's fields, the body as the leader
///   sealed it, and the leader's checksum over both.
/// * `life` and `peer`: see [IncarnationTable].
/// * `base`, one row: where the log begins; see [LogStartTable]. Rows of `batch` at or below it are no part of the log
/// and
///   are being removed. A log of format 1 has no such table, was never cut, and gets it when it is opened.
///
/// `write` is the number of the transaction that wrote a row. Every transaction leaves its number in the last row of
/// `batch` or in `vote`, so that the larger of the two is the last write of all; see [LogWitness].
final class LogSchema {
    static final int FORMAT = 2;

    /// Before logs were cut.
    private static final int WITHOUT_BASE = 1;

    /// The write that makes a log.
    static final long FIRST_WRITE = 1;

    private static final String[] TABLES = {
        """
        CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            format INTEGER NOT NULL, cluster TEXT NOT NULL, node TEXT NOT NULL, log_group INTEGER NOT NULL,
            voter TEXT NOT NULL, incarnation INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT
        """, """
        CREATE TABLE vote (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            term INTEGER NOT NULL, voted_for TEXT NOT NULL, write INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT
        """, """
        CREATE TABLE batch (
            last_index INTEGER PRIMARY KEY,
            first_index INTEGER NOT NULL, term INTEGER NOT NULL, kind INTEGER NOT NULL, micros INTEGER NOT NULL,
            elapsed INTEGER NOT NULL, checksum INTEGER NOT NULL, write INTEGER NOT NULL, body BLOB NOT NULL) STRICT
        """, IncarnationTable.OWN, IncarnationTable.PEERS, LogStartTable.TABLE
    };

    private LogSchema() {}

    /// Makes the tables of a new log that holds `beginning`, as its first write.
    static void create(Connection connection, LogIdentity identity, VoterId voter, LogBeginning beginning)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String table : TABLES) {
                if (!table.equals(LogStartTable.TABLE)) {
                    statement.execute(table);
                }
            }
            LogStartTable.create(connection, beginning.start());
            try (PreparedStatement vote = voteUpdate(connection);
                    PreparedStatement batch = BatchTable.insert(connection)) {
                storeIdentity(connection, identity, voter, 0);
                bindVote(vote, beginning.vote(), FIRST_WRITE);
                vote.executeUpdate();
                for (Batch each : beginning.batches()) {
                    BatchTable.bind(batch, each, FIRST_WRITE);
                    batch.executeUpdate();
                }
            }
            statement.execute("COMMIT");
        }
    }

    /// Counts an opening of the log, in which `run` was drawn, as its write number `write`.
    static Incarnation countOpening(Connection connection, DataFolder folder, long run, long write)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement update = voteUpdate(connection)) {
            VoterId voter = folder.foundingStatus().identity();
            statement.execute("BEGIN IMMEDIATE");
            bringUp(connection);
            var incarnation = new Incarnation(requireSame(connection, folder.log(), folder.identity(), voter) + 1, run);
            storeIdentity(connection, folder.identity(), voter, incarnation.number());
            IncarnationTable.add(connection, incarnation);
            bindVote(update, vote(connection, folder.log()), write);
            update.executeUpdate();
            statement.execute("COMMIT");
            return incarnation;
        }
    }

    /// Gives a log of an earlier format what it lacks, within a transaction that stores the identity with its format.
    private static void bringUp(Connection connection) throws SQLException {
        if (format(connection) == WITHOUT_BASE) {
            LogStartTable.create(connection, LogStart.BEGINNING);
        }
    }

    /// Where the log begins.
    static LogStart base(Connection connection, Path file) throws SQLException {
        return format(connection) == WITHOUT_BASE ? LogStart.BEGINNING : LogStartTable.read(connection, file);
    }

    private static int format(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT format FROM identity")) {
            return row.next() ? row.getInt(1) : FORMAT;
        }
    }

    /// Makes the log another voter's, who has opened it `incarnation` times and remembers nothing of that.
    static void giveTo(Connection connection, LogIdentity identity, VoterId voter, long incarnation)
            throws SQLException {
        bringUp(connection);
        storeIdentity(connection, identity, voter, incarnation);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM life");
            statement.executeUpdate("DELETE FROM peer");
        }
    }

    /// The number of the last write that is in the log.
    static long lastWrite(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(write) FROM (SELECT write FROM vote UNION ALL SELECT"
                        + " * FROM (SELECT write FROM batch ORDER BY last_index DESC LIMIT 1))")) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Throws [EngineException] where the tables are not those that [#create] made.
    static void requireTables(Connection connection, Path file) throws SQLException {
        var expected = new TreeSet<String>();
        for (String table : TABLES) {
            expected.add(table.strip());
        }
        var found = new TreeSet<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sql FROM sqlite_schema")) {
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)).strip());
            }
        }
        if (format(connection) == WITHOUT_BASE) {
            expected.remove(LogStartTable.TABLE.strip());
        }
        if (!found.equals(expected)) {
            throw new EngineException(
                    "the log " + file + " does not have the tables of a log: " + SqliteFile.LOST_FOLDER);
        }
    }

    /// The statement that [#bindVote] fills in.
    static PreparedStatement voteUpdate(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT OR REPLACE INTO vote VALUES (1, ?, ?, ?, ?)");
    }

    static void bindVote(PreparedStatement update, VoteState state, long write) throws SQLException {
        String votedFor = state.votedFor().map(NodeId::value).orElse("");
        update.setLong(1, state.term());
        update.setString(2, votedFor);
        update.setLong(3, write);
        update.setInt(4, voteChecksum(state.term(), votedFor, write));
    }

    /// Reads the vote.
    static VoteState vote(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT term, voted_for, write, checksum FROM vote")) {
            boolean isThere = row.next();
            long term = isThere ? row.getLong(1) : 0;
            String votedFor = isThere ? row.getString(2) : "";
            if (!isThere || row.getInt(4) != voteChecksum(term, votedFor, row.getLong(3))) {
                throw new EngineException(
                        "the vote stored in " + file + " does not match its checksum: a node that does not know its "
                                + "vote could vote twice; so could one that starts empty. " + SqliteFile.LOST_FOLDER);
            }
            return new VoteState(term, votedFor.isEmpty() ? Optional.empty() : Optional.of(new NodeId(votedFor)));
        }
    }

    private static int voteChecksum(long term, String votedFor, long write) {
        return new BinaryWriter().i64(term).text(votedFor).i64(write).checksumFrom(0);
    }

    private static void storeIdentity(Connection connection, LogIdentity identity, VoterId voter, long incarnation)
            throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT OR REPLACE INTO identity VALUES (1, ?, ?, ?, ?, ?, ?, ?)")) {
            row.setInt(1, FORMAT);
            row.setString(2, identity.cluster().toString());
            row.setString(3, identity.node().value());
            row.setInt(4, identity.group());
            row.setString(5, voter.toString());
            row.setLong(6, incarnation);
            row.setInt(7, identityChecksum(identity, voter.toString(), incarnation));
            row.executeUpdate();
        }
    }

    private static int identityChecksum(LogIdentity identity, String voter, long incarnation) {
        return new BinaryWriter()
                .text(identity.cluster().toString())
                .text(identity.node().value())
                .i32(identity.group())
                .text(voter)
                .i64(incarnation)
                .checksumFrom(0);
    }

    /// Throws [EngineException] where the log is another's; answers how often it was opened.
    static long requireSame(Connection connection, Path file, LogIdentity identity, VoterId voter) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT format, cluster, node, log_group, voter, incarnation, checksum FROM identity")) {
            boolean isThere = row.next();
            int format = isThere ? row.getInt(1) : FORMAT;
            if (format != FORMAT && format != WITHOUT_BASE) {
                throw new EngineException("the log " + file + " has format " + format + ", this version reads up to "
                        + FORMAT + ": start the version of Muster that wrote it, or a later one");
            }
            if (!isThere) {
                throw identityLost(file);
            }
            require(file, "cluster", row.getString(2), identity.cluster().toString());
            require(file, "node", row.getString(3), identity.node().value());
            require(file, "group", row.getString(4), Integer.toString(identity.group()));
            require(file, "voter", row.getString(5), voter.toString());
            if (row.getInt(7) != identityChecksum(identity, voter.toString(), row.getLong(6))) {
                throw identityLost(file);
            }
            return row.getLong(6);
        }
    }

    private static EngineException identityLost(Path file) {
        return new EngineException(
                "the identity stored in " + file + " does not match its checksum: " + SqliteFile.LOST_FOLDER);
    }

    private static void require(Path file, String what, String stored, String wanted) {
        if (!wanted.equals(stored)) {
            throw new EngineException(
                    "the log " + file + " belongs to " + what + " " + stored + ", not to " + what + " "
                            + wanted + ": it is damaged, or lies in another's folder. Otherwise "
                            + SqliteFile.LOST_FOLDER);
        }
    }
}

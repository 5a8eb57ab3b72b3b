package io.muster.raft;

import io.muster.cluster.NodeId;
import io.muster.consensus.Batch;
import io.muster.consensus.VoteState;
import io.muster.encoding.BinaryWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// The tables of a log file, format 1, and the rule that nobody opens the log of another.
///
/// * `identity`, one row: format, cluster, node, group, and how often the log has been opened (the incarnation).
/// * `vote`, one row: the term and the vote in it, together, with a checksum.
/// * `batch`, one row for each batch under the index of its last entry: the header's fields, the body as the leader
///   sealed it, and the leader's checksum over both.
final class LogSchema {
    static final int FORMAT = 1;

    private static final String[] TABLES = {"""
        CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            format INTEGER NOT NULL, cluster TEXT NOT NULL, node TEXT NOT NULL, log_group INTEGER NOT NULL,
            incarnation INTEGER NOT NULL) STRICT
        """, """
        CREATE TABLE vote (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            term INTEGER NOT NULL, voted_for TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT
        """, """
        CREATE TABLE batch (
            last_index INTEGER PRIMARY KEY,
            first_index INTEGER NOT NULL, term INTEGER NOT NULL, kind INTEGER NOT NULL, micros INTEGER NOT NULL,
            checksum INTEGER NOT NULL, body BLOB NOT NULL) STRICT
        """};

    private LogSchema() {}

    /// Creates the tables of a new log that begins with `bootstrap`, or checks that an existing log is `identity`'s;
    /// then counts this opening. Answers the incarnation, 1 for a new log.
    static long open(Connection connection, Path file, LogIdentity identity, Batch bootstrap) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            if (isEmpty(statement)) {
                create(connection, identity, bootstrap);
            } else {
                requireSame(statement, file, identity);
            }
            statement.executeUpdate("UPDATE identity SET incarnation = incarnation + 1");
            long incarnation;
            try (ResultSet row = statement.executeQuery("SELECT incarnation FROM identity")) {
                row.next();
                incarnation = row.getLong(1);
            }
            statement.execute("COMMIT");
            return incarnation;
        }
    }

    /// The statement that [#bindVote] fills in.
    static PreparedStatement voteUpdate(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT OR REPLACE INTO vote VALUES (1, ?, ?, ?)");
    }

    static void bindVote(PreparedStatement update, VoteState state) throws SQLException {
        String votedFor = state.votedFor().map(NodeId::value).orElse("");
        update.setLong(1, state.term());
        update.setString(2, votedFor);
        update.setInt(3, voteChecksum(state.term(), votedFor));
    }

    /// Reads the vote; a log that never stored one has not seen a term yet.
    static VoteState vote(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT term, voted_for, checksum FROM vote")) {
            if (!row.next()) {
                return VoteState.INITIAL;
            }
            long term = row.getLong(1);
            String votedFor = row.getString(2);
            if (row.getInt(3) != voteChecksum(term, votedFor)) {
                throw new EngineException(
                        "the vote stored in " + file + " does not match its checksum: a node that does not know its "
                                + "vote could vote twice; so could one that starts empty. " + SqliteFile.LOST_FOLDER);
            }
            return new VoteState(term, votedFor.isEmpty() ? Optional.empty() : Optional.of(new NodeId(votedFor)));
        }
    }

    private static int voteChecksum(long term, String votedFor) {
        return new BinaryWriter().i64(term).text(votedFor).checksumFrom(0);
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            row.next();
            return row.getInt(1) == 0;
        }
    }

    private static void create(Connection connection, LogIdentity identity, Batch bootstrap) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO identity VALUES (1, ?, ?, ?, ?, 0)");
                PreparedStatement batch = BatchTable.insert(connection)) {
            row.setInt(1, FORMAT);
            row.setString(2, identity.cluster().toString());
            row.setString(3, identity.node().value());
            row.setInt(4, identity.group());
            row.executeUpdate();
            BatchTable.bind(batch, bootstrap);
            batch.executeUpdate();
        }
    }

    private static void requireSame(Statement statement, Path file, LogIdentity identity) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT format, cluster, node, log_group FROM identity")) {
            row.next();
            int format = row.getInt(1);
            if (format != FORMAT) {
                throw new EngineException("the log " + file + " has format " + format + ", this version reads " + FORMAT
                        + ": start the version of Muster that wrote it, or a later one");
            }
            require(file, "cluster", row.getString(2), identity.cluster().toString());
            require(file, "node", row.getString(3), identity.node().value());
            require(file, "group", row.getString(4), Integer.toString(identity.group()));
        }
    }

    private static void require(Path file, String what, String stored, String wanted) {
        if (!stored.equals(wanted)) {
            throw new EngineException("the log " + file + " belongs to " + what + " " + stored + ", not to " + what
                    + " " + wanted + ": point the node at its own data folder");
        }
    }
}

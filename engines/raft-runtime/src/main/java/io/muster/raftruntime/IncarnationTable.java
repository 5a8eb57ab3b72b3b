package io.muster.raftruntime;

import io.muster.encoding.BinaryWriter;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The incarnations of nodes in the log's file: the last ones of this node, and the last one that was met of each
/// other.
final class IncarnationTable {
    static final String OWN = """
        CREATE TABLE life (
            incarnation INTEGER PRIMARY KEY, run INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT
        """;

    static final String PEERS = """
        CREATE TABLE peer (
            node TEXT PRIMARY KEY,
            incarnation INTEGER NOT NULL, run INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """;

    private IncarnationTable() {}

    /// Remembers an incarnation of this node, and forgets the ones that are too old to be asked for.
    static void add(Connection connection, Incarnation incarnation) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO life VALUES (?, ?, ?)")) {
            row.setLong(1, incarnation.number());
            row.setLong(2, incarnation.run());
            row.setInt(3, checksum("", incarnation));
            row.executeUpdate();
        }
        try (PreparedStatement old = connection.prepareStatement("DELETE FROM life WHERE incarnation <= ?")) {
            old.setLong(1, incarnation.number() - Incarnation.REMEMBERED);
            old.executeUpdate();
        }
    }

    /// What was drawn in the last incarnations of this node, oldest first.
    static List<Long> own(Connection connection, Path file) throws SQLException {
        var runs = new ArrayList<Long>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT '', incarnation, run, checksum FROM life ORDER BY incarnation")) {
            while (rows.next()) {
                runs.add(read(rows, file).run());
            }
        }
        return Collections.unmodifiableList(runs);
    }

    /// The statement that [#bind] fills in.
    static PreparedStatement peerUpdate(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT OR REPLACE INTO peer VALUES (?, ?, ?, ?)");
    }

    static void bind(PreparedStatement update, NodeId node, Incarnation incarnation) throws SQLException {
        update.setString(1, node.value());
        update.setLong(2, incarnation.number());
        update.setLong(3, incarnation.run());
        update.setInt(4, checksum(node.value(), incarnation));
    }

    /// The last incarnation that was met of each other node.
    static SortedMap<NodeId, Incarnation> peers(Connection connection, Path file) throws SQLException {
        var peers = new TreeMap<NodeId, Incarnation>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT node, incarnation, run, checksum FROM peer")) {
            while (rows.next()) {
                Incarnation incarnation = read(rows, file);
                peers.put(new NodeId(rows.getString(1)), incarnation);
            }
        }
        return Collections.unmodifiableSortedMap(peers);
    }

    private static Incarnation read(ResultSet row, Path file) throws SQLException {
        var incarnation = new Incarnation(row.getLong(2), row.getLong(3));
        if (row.getInt(4) != checksum(row.getString(1), incarnation)) {
            throw new EngineException("what " + file + " remembers of earlier processes does not match its checksum: "
                    + SqliteFile.LOST_FOLDER);
        }
        return incarnation;
    }

    private static int checksum(String node, Incarnation incarnation) {
        return new BinaryWriter()
                .text(node)
                .i64(incarnation.number())
                .i64(incarnation.run())
                .checksumFrom(0);
    }
}

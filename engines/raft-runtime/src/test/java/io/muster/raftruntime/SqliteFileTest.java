package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log relies on SQLite for, asked of SQLite itself.
final class SqliteFileTest {
    @TempDir
    Path folder;

    @Test
    void every_commit_waits_for_the_disk() throws SQLException {
        try (Connection connection = SqliteFile.openForWriting(
                folder.resolve("raft.db"), new SqliteFile.Size(1 << 20, SqliteFile.PAGE_BYTES))) {
            assertThat(ask(connection, "PRAGMA synchronous")).as("2 is FULL").isEqualTo("2");
            assertThat(ask(connection, "PRAGMA journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void the_sqlite_in_use_can_be_read_while_it_is_written() throws SQLException {
        try (Connection connection = SqliteFile.openForWriting(
                folder.resolve("raft.db"), new SqliteFile.Size(1 << 20, SqliteFile.PAGE_BYTES))) {
            var version = Runtime.Version.parse(ask(connection, "SELECT sqlite_version()"));

            assertThat(version).isGreaterThanOrEqualTo(Runtime.Version.parse("3.51.3"));
        }
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.getString(1);
        }
    }
}

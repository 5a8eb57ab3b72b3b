package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Tether;
import io.muster.log.NodeId;
import io.muster.raft.BatchKind;
import io.muster.raft.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real process on a disk that begins to refuse syncs: strace answers the system call in the disk's place.
@Timeout(180)
final class DiskRefusalTest {
    /// The syncs that succeed: enough to open the log, elect and acknowledge some writes.
    private static final int GOOD_SYNCS = 25;

    @TempDir
    Path folder;

    private static boolean hasStrace() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "strace")));
    }

    private String runOnRefusingDisk() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        // Strace lets go of what it traces when it is killed, so the node has a tether of its own.
        List<String> node = Tether.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WritingNode.class.getName(),
                folder.resolve("log").toString());
        List<String> disk = List.of(
                "strace",
                "-f",
                "-o",
                folder.resolve("trace").toString(),
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                "inject=fsync,fdatasync:error=EIO:when=" + (GOOD_SYNCS + 1) + "+");
        Process process = new ProcessBuilder(
                        Tether.of(Stream.concat(disk.stream(), node.stream()).toList()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void a_refused_sync_stops_the_node_and_nothing_after_it_is_acknowledged() throws Exception {
        assertThat(hasStrace())
                .as("strace plays the disk and is not on the PATH: run scripts/install-test-tools, or install strace")
                .isTrue();

        String output = runOnRefusingDisk();

        assertThat(output)
                .containsPattern("STOPPED cannot write to the log .*raft.db: the disk refused \\(.*\\): check");
        long acknowledged = output.lines()
                .filter(line -> line.startsWith("ACKNOWLEDGED "))
                .mapToLong(line -> Long.parseLong(line.substring("ACKNOWLEDGED ".length())))
                .findFirst()
                .orElseThrow();
        assertThat(acknowledged).isBetween(1L, (long) GOOD_SYNCS);
        var identity = new LogIdentity(RaftClusters.CLUSTER, new NodeId("n1"), LogIdentity.ONLY_GROUP);
        var voters = Configuration.of(List.of(new NodeId("n1")));
        try (var store = SqliteLogStore.open(
                folder.resolve("log").resolve("n1"), identity, voters, SqliteLogStore.size(1L << 30))) {
            assertThat(store.restore(1 << 20, List.of()).tail())
                    .filteredOn(batch -> batch.kind() == BatchKind.COMMANDS)
                    .hasSizeGreaterThanOrEqualTo((int) acknowledged);
        }
    }
}

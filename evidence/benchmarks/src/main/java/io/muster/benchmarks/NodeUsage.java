package io.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// What one node takes of its machine at one moment, read from `/proc` and from its data folder.
///
/// @param residentMebibytes memory that it holds
/// @param threads of its process; virtual ones do not count
/// @param openFiles files and sockets
/// @param logBytes its log, with the write-ahead part
/// @param historyBytes its history of finished jobs, with the write-ahead part
record NodeUsage(long residentMebibytes, long threads, long openFiles, long logBytes, long historyBytes) {
    static NodeUsage read(long pid, Path data) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        try (var files = Files.list(process.resolve("fd"))) {
            return new NodeUsage(
                    number(status, "VmRSS:") >> 10,
                    number(status, "Threads:"),
                    files.count(),
                    size(data, "raft.db") + size(data, "raft.db-wal"),
                    size(data, "history.db") + size(data, "history.db-wal"));
        }
    }

    private static long number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc does not tell " + key));
    }

    private static long size(Path folder, String file) throws IOException {
        try {
            return Files.size(folder.resolve(file));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}

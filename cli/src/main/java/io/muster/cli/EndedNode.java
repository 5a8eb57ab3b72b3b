package io.muster.cli;

import io.muster.log.NodeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A node's process that ended though nobody asked it to, with what it said last.
///
/// @param lastLines its complaints, or the end of what it printed where it had none
/// @param log where all that it printed is
record EndedNode(NodeId id, int exitCode, List<String> lastLines, Path log) {
    /// Enough to hold a stack trace below the line that matters.
    private static final int MAX_READ_BYTES = 64 << 10;

    private static final int MAX_LINES = 3;

    /// How a node says that something is wrong: the line of a failed command, or a log line of that level.
    private static final Pattern COMPLAINT = Pattern.compile("muster node: .*|.*\\bERROR\\b.*");

    EndedNode {
        lastLines = List.copyOf(lastLines);
    }

    /// @param from where in the log this run of the process began
    static EndedNode read(NodeId id, int exitCode, Path log, long from) {
        return new EndedNode(id, exitCode, lastLines(log, from), log);
    }

    /// Whether the node found something that the operator can mend.
    boolean isMisconfigured() {
        return exitCode == 2;
    }

    /// How it ended and what it said last, without naming its log.
    String lastWords() {
        String said = lastLines.isEmpty()
                ? "it printed nothing"
                : lastLines.stream().collect(Collectors.joining("\n    ", "its last words:\n    ", ""));
        return id + " ended with exit code " + exitCode + "; " + said;
    }

    @Override
    public String toString() {
        return lastWords() + "\n    all it printed is in " + log;
    }

    private static List<String> lastLines(Path log, long from) {
        List<String> lines;
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - MAX_READ_BYTES));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e.getMessage());
        }
        List<String> complaints =
                lines.stream().filter(line -> COMPLAINT.matcher(line).matches()).toList();
        List<String> telling = complaints.isEmpty() ? lines : complaints;
        return telling.subList(Math.max(0, telling.size() - MAX_LINES), telling.size());
    }
}

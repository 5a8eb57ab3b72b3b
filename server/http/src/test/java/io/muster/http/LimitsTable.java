package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The table of limits in `docs/protocol.md`, of which each module holds the rows of its own limits.
public final class LimitsTable {
    private LimitsTable() {}

    /// Each of these rows stands in the document.
    public static void assertHolds(List<String> rows) throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "protocol.md"));
        for (String row : rows) {
            assertThat(document.lines()).contains(row);
        }
    }

    /// A row.
    public static String count(String what, long most, String then) {
        return row(what, "%,d".formatted(most), then);
    }

    /// A row.
    public static String bytes(String what, long most, String then) {
        boolean isWholeMiB = most % (1 << 20) == 0;
        boolean isWholeKiB = most % (1 << 10) == 0;
        String size = isWholeMiB ? (most >> 20) + " MiB" : isWholeKiB ? (most >> 10) + " KiB" : most + " bytes";
        return row(what, size, then);
    }

    /// A row.
    public static String time(String what, Duration most, String then) {
        return row(what, most.toSeconds() + " s", then);
    }

    private static String row(String what, String most, String then) {
        return String.format(Locale.ROOT, "| %s | %s | %s |", what, most, then);
    }
}

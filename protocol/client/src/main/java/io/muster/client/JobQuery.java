package io.muster.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which jobs to list.
///
/// @param states those to show; all when empty
/// @param queue empty for all
/// @param type empty for all
/// @param cursor where to go on; empty for the beginning
/// @param limit items on a page, 1 to [io.muster.wire.WireLimits#MAX_PAGE_ITEMS]
public record JobQuery(Set<JobStatus> states, String queue, String type, String cursor, int limit) {
    private static final int DEFAULT_LIMIT = 100;

    /// Every job, the first page of the usual length.
    public static final JobQuery ALL = new JobQuery(Set.of(), "", "", "", DEFAULT_LIMIT);

    /// The same for jobs in these states only.
    public JobQuery in(Set<JobStatus> otherStates) {
        return new JobQuery(otherStates, queue, type, cursor, limit);
    }

    /// The same for jobs of this type only.
    public JobQuery ofType(String otherType) {
        return new JobQuery(states, queue, otherType, cursor, limit);
    }

    /// The same for jobs of this queue only.
    public JobQuery inQueue(String otherQueue) {
        return new JobQuery(states, otherQueue, type, cursor, limit);
    }

    /// The page after the one that named `next`.
    public JobQuery after(String next) {
        return new JobQuery(states, queue, type, next, limit);
    }

    public JobQuery withLimit(int otherLimit) {
        return new JobQuery(states, queue, type, cursor, otherLimit);
    }

    String path() {
        List<String> parts = new ArrayList<>();
        parts.add("limit=" + limit);
        if (!states.isEmpty()) {
            parts.add("state="
                    + String.join(
                            ",",
                            states.stream()
                                    .sorted()
                                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        }
        add(parts, "queue", queue);
        add(parts, "type", type);
        add(parts, "cursor", cursor);
        return "/v1/jobs?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

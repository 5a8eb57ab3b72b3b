package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.wire.WireLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/// The query parameters of listings, within their limits.
final class Query {
    /// A page of this size is answered in a few milliseconds and reads well on a screen.
    private static final int DEFAULT_LIMIT = 50;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private static final int MAX_LIMIT = WireLimits.MAX_PAGE_ITEMS;

    private Query() {}

    /// The parameter, `""` where it is absent.
    static String text(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.queryParam(name), "");
    }

    /// A length of time such as `30s`, `500ms`, `10m`, `2h` or `7d`; `otherwise` where it is absent.
    static Duration duration(Context ctx, String name, Duration otherwise, Duration most) {
        String text = text(ctx, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        var matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            if (duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw Refusal.of(
                        ProblemType.MALFORMED_REQUEST,
                        name + " '" + text + "' is not a length of time such as 30s, 500ms, 10m, 2h or 7d, up to "
                                + most.toSeconds() + "s")
                .refused();
    }

    /// How many items a page is to hold.
    static int limit(Context ctx) {
        return limit(ctx, DEFAULT_LIMIT);
    }

    /// How many items a page is to hold; `otherwise` where the request does not say.
    static int limit(Context ctx, int otherwise) {
        String text = text(ctx, "limit");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrongLimit(text);
        }
        throw wrongLimit(text);
    }

    private static RequestRefused wrongLimit(String text) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, "limit '" + text + "' is not a number from 1 to " + MAX_LIMIT)
                .refused();
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.WireLimits;
import java.util.Objects;

/// The query parameters of listings, within their limits.
final class Query {
    /// A page of this size is answered in a few milliseconds and reads well on a screen.
    private static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = WireLimits.MAX_PAGE_ITEMS;

    private Query() {}

    /// The parameter, `""` where it is absent.
    static String text(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.queryParam(name), "");
    }

    /// How many items a page is to hold.
    static int limit(Context ctx) {
        String text = text(ctx, "limit");
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
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

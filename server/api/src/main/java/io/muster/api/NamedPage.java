package io.muster.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a listing by name: what comes behind the cursor, which is the last name of the page before. Names that
/// come or go between two pages make it neither skip nor repeat any other.
///
/// @param next the cursor of the page after it, null on the last
record NamedPage<T>(List<T> items, @Nullable String next) {
    /// Lists of this kind hold a thousand at most, and most readers want all.
    private static final int DEFAULT_LIMIT = 500;

    /// The page of `all`, which are in the order of their names, that the request asks for.
    static <T> NamedPage<T> of(Context ctx, List<T> all, Function<T, String> name) {
        int limit = Query.limit(ctx, DEFAULT_LIMIT);
        String after = Query.text(ctx, "cursor");
        var rest = all.stream()
                .filter(item -> after.isEmpty() || name.apply(item).compareTo(after) > 0)
                .toList();
        boolean isLast = rest.size() <= limit;
        var items = isLast ? rest : rest.subList(0, limit);
        return new NamedPage<>(List.copyOf(items), isLast ? null : name.apply(items.getLast()));
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.ValueDocument;
import io.muster.client.ValuePage;
import io.muster.http.Answers;
import io.muster.http.Reads;
import io.muster.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// `GET /v1/values`: what SET commands have stored, by key.
final class ValueRoutes {
    /// A page ends early behind so many bytes of values: 500 of the largest would be half a gibibyte.
    static final int MAX_PAGE_BYTES = 4 << 20;

    private final Reads reads;

    ValueRoutes(Reads reads) {
        this.reads = reads;
    }

    /// Which values a request asks for.
    private record Wanted(String key, String prefix, String cursor, int limit) {}

    void list(Context ctx) throws InterruptedException {
        var wanted = new Wanted(
                Query.text(ctx, "key"), Query.text(ctx, "prefix"), Query.text(ctx, "cursor"), Query.limit(ctx));
        Answers.json(ctx, 200, reads.read(ctx, state -> page(state.values().values(), wanted)));
    }

    /// Values never change once they stand there, so the page may leave the state's thread.
    private static ValuePage page(SortedMap<String, Value> values, Wanted wanted) {
        if (!wanted.key().isEmpty()) {
            Value value = values.get(wanted.key());
            return new ValuePage(value == null ? List.of() : List.of(document(wanted.key(), value)), null);
        }
        var items = new ArrayList<ValueDocument>();
        long bytes = 0;
        String from = wanted.cursor().compareTo(wanted.prefix()) > 0 ? wanted.cursor() : wanted.prefix();
        for (Map.Entry<String, Value> each : values.tailMap(from).entrySet()) {
            if (!each.getKey().startsWith(wanted.prefix())) {
                break;
            }
            if (each.getKey().equals(wanted.cursor())) {
                continue;
            }
            if (items.size() == wanted.limit() || bytes > MAX_PAGE_BYTES) {
                return new ValuePage(items, items.getLast().key());
            }
            bytes += each.getValue().json().size();
            items.add(document(each.getKey(), each.getValue()));
        }
        return new ValuePage(items, null);
    }

    private static ValueDocument document(String key, Value value) {
        return new ValueDocument(key, value.json(), value.revision(), JobViews.instant(value.micros()));
    }
}

package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the protocol allows in a field, and how a field that breaks it is named.
final class ExchangeFields {
    /// Names, labels, fencing tokens, addresses: all the short texts of the protocol.
    private static final int MAX_NAME = 512;

    private ExchangeFields() {}

    /// A short text that must be there.
    static String name(@Nullable String text, String field) {
        return bounded(Fields.present(text, field), field, MAX_NAME);
    }

    /// A text for people; empty when it was left out.
    static String sentence(@Nullable String text, String field) {
        return bounded(Fields.orElse(text, ""), field, WireLimits.MAX_ERROR_CHARACTERS);
    }

    private static String bounded(String text, String field, int limit) {
        if (text.length() > limit) {
            throw new IllegalArgumentException(
                    "'" + field + "' has " + text.length() + " characters: expected at most " + limit);
        }
        return text;
    }

    static AttemptId attempt(@Nullable String job, int attempt) {
        return new AttemptId(name(job, "job"), attempt);
    }

    /// A JSON value of up to `limit` bytes.
    static Bytes raw(Bytes json, String field, int limit) {
        if (json.size() > limit) {
            throw new IllegalArgumentException(
                    "'" + field + "' has " + json.size() + " bytes: expected at most " + limit);
        }
        return json;
    }

    /// How bytes that stand for nothing are written: not at all.
    static @Nullable Bytes unlessEmpty(Bytes json) {
        return json.isEmpty() ? null : json;
    }

    /// Up to `limit` items, each made by `item`; none when the list was left out.
    ///
    /// @throws MalformedJsonException which points at the item that cannot be made
    static <D, T> List<T> each(@Nullable List<D> documents, String field, int limit, Function<D, T> item) {
        List<D> given = Fields.copied(documents);
        if (given.size() > limit) {
            throw new MalformedJsonException("/" + field, "expected at most " + limit + " items");
        }
        List<T> items = new ArrayList<>(given.size());
        for (D document : given) {
            try {
                items.add(item.apply(document));
            } catch (IllegalArgumentException e) {
                throw new MalformedJsonException("/" + field + "/" + items.size(), String.valueOf(e.getMessage()), e);
            }
        }
        return items;
    }
}

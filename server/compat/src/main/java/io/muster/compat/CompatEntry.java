package io.muster.compat;

import io.muster.encoding.Bytes;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.values.RecentCommand;
import io.muster.values.ValueCommand;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One command as the Raft document shows it in its log.
///
/// @param command the JSON object that was sent
/// @param timestamp seconds since 1970, with a fraction
record CompatEntry(long term, long index, Bytes command, double timestamp) {
    private record Operation(
            @Nullable String operation,
            @Nullable String key,
            @Nullable Bytes value) {}

    static CompatEntry of(RecentCommand recent) {
        return new CompatEntry(recent.term(), recent.index(), json(recent.command()), recent.micros() / 1e6);
    }

    /// Reads a command: `{"operation":"SET","key":…,"value":…}`, the same with DELETE, or any other JSON object.
    static ValueCommand command(Bytes json) {
        if (json.array()[0] != '{') {
            throw Refusal.at(ProblemType.INVALID, "/command", "a command is a JSON object")
                    .refused();
        }
        Operation operation = operation(json);
        try {
            if ("SET".equals(operation.operation()) && operation.key() != null && operation.value() != null) {
                return new ValueCommand.Set(operation.key(), operation.value());
            }
            if ("DELETE".equals(operation.operation()) && operation.key() != null) {
                return new ValueCommand.Delete(operation.key());
            }
            return new ValueCommand.Other(json);
        } catch (IllegalArgumentException e) {
            throw Refusal.at(ProblemType.INVALID, "/command", String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    /// A command that is no SET or DELETE may use the same fields for anything.
    private static Operation operation(Bytes json) {
        try {
            return Json.read(json, Operation.class);
        } catch (MalformedJsonException e) {
            return new Operation(null, null, null);
        }
    }

    private static Bytes json(ValueCommand command) {
        return switch (command) {
            case ValueCommand.Set(String key, Bytes value) ->
                object(Map.of("operation", "SET", "key", key, "value", value));
            case ValueCommand.Delete(String key) -> object(Map.of("operation", "DELETE", "key", key));
            case ValueCommand.Other(Bytes other) -> other;
        };
    }

    /// The fields in the order in which the document writes them.
    private static Bytes object(Map<String, Object> fields) {
        var ordered = new LinkedHashMap<String, Object>();
        for (String name : new String[] {"operation", "key", "value"}) {
            if (fields.containsKey(name)) {
                ordered.put(name, fields.get(name));
            }
        }
        return Json.write(ordered);
    }
}

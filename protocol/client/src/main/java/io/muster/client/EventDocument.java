package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened: the `data` of one server-sent event of `GET /v1/events`.
///
/// @param id `<lineage>-<index>.<n>`; reading on after it misses and repeats nothing
/// @param type such as `job.succeeded` or `leadership.changed`
/// @param job the job it is about, if any
/// @param data more about it, any JSON value
public record EventDocument(
        String id,
        String type,
        Instant at,
        @Nullable String job,
        @Nullable String worker,
        @Nullable Bytes data) {
    public EventDocument {
        id = Fields.present(id, "id");
        type = Fields.present(type, "type");
    }
}

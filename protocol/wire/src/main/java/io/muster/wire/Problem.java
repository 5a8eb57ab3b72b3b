package io.muster.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request was not served: `application/problem+json` (RFC 9457).
///
/// @param type a stable URI for this kind of problem; programs decide by it
/// @param title what the kind is called; the same for every occurrence
/// @param status the HTTP status
/// @param detail what was tried here, on what, and what to do
/// @param instance the request's path
/// @param errors the fields at fault, if any
/// @param traceId under which the node logged this
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        List<FieldError> errors,
        @JsonProperty("trace_id") @Nullable String traceId) {
    public Problem {
        type = Fields.orElse(type, "about:blank");
        title = Fields.orElse(title, "HTTP " + status);
        errors = Fields.copied(errors);
    }

    /// A problem about the request as a whole.
    public static Problem of(String type, String title, int status, String detail) {
        return new Problem(type, title, status, detail, null, List.of(), null);
    }

    /// One field at fault.
    ///
    /// @param pointer where it is in the request's body (JSON Pointer, RFC 6901)
    public record FieldError(String pointer, String detail) {}
}

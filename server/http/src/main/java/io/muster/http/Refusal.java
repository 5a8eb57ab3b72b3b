package io.muster.http;

import io.muster.wire.Problem;
import java.util.List;

/// A refusal as RFC 9457 writes it: the kind, what is true of this one request, and which of its fields are at fault.
///
/// @param type which kind of refusal
/// @param detail what was tried, on what, and what stood against it
/// @param errors the fields at fault, possibly none
/// @param retryAfterSeconds when to try again; 0 when time alone will not help
public record Refusal(ProblemType type, String detail, List<Problem.FieldError> errors, int retryAfterSeconds) {
    /// The media type of a refusal's document (RFC 9457 §3).
    public static final String MEDIA_TYPE = "application/problem+json";

    /// No problem document of ours is longer.
    static final int MAX_BYTES = 64 << 10;

    /// Copies the errors.
    public Refusal {
        errors = List.copyOf(errors);
    }

    /// A refusal of the request as a whole.
    public static Refusal of(ProblemType type, String detail) {
        return new Refusal(type, detail, List.of(), 0);
    }

    /// A refusal because of one field of the body.
    public static Refusal at(ProblemType type, String pointer, String detail) {
        return new Refusal(type, detail, List.of(new Problem.FieldError(pointer, detail)), 0);
    }

    /// The same, with the advice to come again after so many seconds.
    public Refusal retryAfter(int seconds) {
        return new Refusal(type, detail, errors, seconds);
    }

    /// This refusal as an exception, to end a request with.
    public RequestRefused refused() {
        return new RequestRefused(this);
    }

    /// This refusal as it is sent; `instance` names this one occurrence.
    public Problem document(String instance) {
        return document(instance, type.status());
    }

    /// This refusal as it is sent with another status of its kind.
    public Problem document(String instance, int status) {
        return new Problem(type.type(), type.title(), status, detail, instance, errors, null);
    }
}

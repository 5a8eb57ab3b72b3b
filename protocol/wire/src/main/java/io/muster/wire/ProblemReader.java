package io.muster.wire;

import io.muster.encoding.Bytes;
import org.jspecify.annotations.Nullable;

/// Makes the best of the body of an error, which may come from a proxy that knows nothing of problems.
public final class ProblemReader {
    private static final int SHOWN_CHARACTERS = 200;
    private static final String UNTYPED = "about:blank";

    private ProblemReader() {}

    /// The problem that `body` is, or one that says what it is instead.
    public static Problem read(int status, Bytes body) {
        try {
            Problem problem = Json.read(body, Problem.class);
            if (problem.detail() == null && problem.type().equals(UNTYPED)) {
                return Problem.of(UNTYPED, "HTTP " + status, status, plain(body));
            }
            return problem.status() == 0
                    ? new Problem(
                            problem.type(),
                            problem.title(),
                            status,
                            problem.detail(),
                            problem.instance(),
                            problem.errors(),
                            problem.traceId())
                    : problem;
        } catch (MalformedJsonException e) {
            return Problem.of(UNTYPED, "HTTP " + status, status, shown(body));
        }
    }

    /// What the problem is, in a few words.
    public static String describe(Bytes body) {
        Problem problem = read(0, body);
        String detail = problem.detail();
        return detail == null || detail.isEmpty() ? problem.title() : detail;
    }

    /// What JSON that is no problem says: the Raft document's `{"error":"…"}`, or all of it.
    private static String plain(Bytes body) throws MalformedJsonException {
        String error = Json.read(body, PlainError.class).error();
        return error == null ? shown(body) : error;
    }

    private static String shown(Bytes body) {
        String text = body.text().strip();
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private record PlainError(@Nullable String error) {}
}

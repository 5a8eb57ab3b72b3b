package io.muster.http;

import io.muster.wire.Json;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What a request gets that never became one: Jetty refused to parse it. The same problem document as everywhere,
/// instead of a page that names the server and its version.
final class ParseErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        var refusal =
                Refusal.of(type(status), "the server refused the request before reading it (HTTP " + status + ")");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Refusal.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        var document = Json.write(refusal.document(path(request), status));
        response.write(true, ByteBuffer.wrap(document.array()), callback);
        return true;
    }

    private static ProblemType type(int status) {
        return switch (status) {
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 408 -> ProblemType.TOO_SLOW;
            case 413, 414, 431 -> ProblemType.TOO_LARGE;
            case 500 -> ProblemType.BROKEN;
            default -> ProblemType.MALFORMED_REQUEST;
        };
    }

    private static String path(Request request) {
        return Excerpt.of(Objects.requireNonNullElse(request.getHttpURI().getPath(), ""));
    }
}

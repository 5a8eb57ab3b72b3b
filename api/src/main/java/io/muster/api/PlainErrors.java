package io.muster.api;

import io.muster.client.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What a request gets that never became one: Jetty refused to parse it. The same problem document as everywhere,
/// instead of a page that names the server and its version.
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var refusal = Refusal.of(
                ProblemType.MALFORMED_REQUEST,
                "the server refused the request before reading it (HTTP " + response.getStatus() + ")");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Refusal.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        var document = Json.write(refusal.document(request.getHttpURI().getPath()));
        response.write(true, ByteBuffer.wrap(document.array()), callback);
        return true;
    }
}

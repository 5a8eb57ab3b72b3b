package io.muster.http;

import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// A client of a server under test, for requests that a well-behaved client would not make too.
public final class Client {
    private final HttpClient http;
    private final URI node;
    private final List<String> headers;

    private Client(HttpClient http, URI node, List<String> headers) {
        this.http = http;
        this.node = node;
        this.headers = headers;
    }

    /// What clients send by: the caller closes it.
    public static HttpClient connections() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /// A client without any headers of its own.
    public static Client of(HttpClient http, URI node) {
        return new Client(http, node, List.of());
    }

    /// The same client with one more header in each request.
    public Client with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Client(http, node, more);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE().build());
    }

    /// Posts JSON.
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body);
    }

    public HttpResponse<String> post(String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(node.resolve(path));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    /// The problem document that an answer carries.
    public static Problem problem(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        if (!type.equals("application/problem+json")) {
            throw new AssertionError("no problem but " + answer.statusCode() + " " + type + " " + answer.body());
        }
        return Json.read(Bytes.utf8(answer.body()), Problem.class);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.http.Client;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a page of another node of the same cluster may ask of this one: whether it is there, and nothing else.
final class FellowTest {
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @AutoClose
    private final Node node = Node.leading(7);

    @BeforeEach
    void start() {
        node.cluster.with("node-2", URI.create("http://127.0.0.1:4711"));
    }

    @Test
    void a_page_of_another_node_may_ask_whether_this_one_lives_and_is_ready() throws Exception {
        for (String origin : new String[] {"http://127.0.0.1:4711", "http://localhost:4711"}) {
            for (String path : new String[] {"/livez", "/readyz"}) {
                var answer = from(origin).get(path);

                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.headers().firstValue(ALLOWED)).hasValue(origin);
            }
        }
    }

    @Test
    void it_may_ask_nothing_else() throws Exception {
        for (String path : new String[] {"/v1/cluster", "/v1/jobs", "/metrics", "/", "/openapi.json", "/api/status"}) {
            var answer = from("http://127.0.0.1:4711").get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.headers().firstValue(ALLOWED)).as(path).isEmpty();
        }
    }

    @Test
    void a_page_of_anybody_else_may_not_even_ask_that() throws Exception {
        for (String origin : new String[] {
            "http://127.0.0.1:4712",
            "https://127.0.0.1:4711",
            "http://evil.example:4711",
            "http://127.0.0.1.evil.example:4711",
            "http://127.0.0.1",
            "null",
            "http://",
            "http://[",
        }) {
            var answer = from(origin).get("/livez");

            assertThat(answer.statusCode()).as(origin).isEqualTo(403);
            assertThat(answer.headers().firstValue(ALLOWED)).as(origin).isEmpty();
        }
    }

    private Client from(String origin) {
        return node.stranger().with("Origin", origin).with("Sec-Fetch-Site", "same-site");
    }
}

package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What the shell says to every request, whatever it is given to answer.
final class HttpServerTest {
    @AutoClose
    private final ServedNode node = ServedNode.of(
            FakeNode.leading(),
            (_, _, _, _) -> List.of(Route.get("/open", Access.OPEN).to(ctx -> ctx.result("here"))));

    private final Client client = node.stranger();

    @Test
    void a_path_that_nothing_answers_is_a_404_problem() throws Exception {
        var answer = client.get("/v1/nothing");

        assertThat(Client.problem(answer).type()).isEqualTo("/problems/not-found");
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void a_path_asked_with_another_method_is_a_405_problem_that_names_its_methods() throws Exception {
        var answer = client.delete("/open");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(Client.problem(answer).type()).isEqualTo("/problems/method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void a_name_that_is_not_ours_in_host_is_refused() throws Exception {
        var answer = Wire.ask(node.address(), "GET /open HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("/problems/foreign-origin");
    }

    @Test
    void a_page_of_another_site_is_refused() throws Exception {
        assertThat(client.with("Origin", "https://evil.example").get("/open").statusCode())
                .isEqualTo(403);
        assertThat(client.with("Origin", "null").get("/open").statusCode()).isEqualTo(403);
        assertThat(client.with("Sec-Fetch-Site", "cross-site").get("/open").statusCode())
                .isEqualTo(403);
        assertThat(client.with("Origin", "http://127.0.0.1:" + node.address().getPort())
                        .get("/open")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_answer_says_who_gave_it_and_what_it_had_seen() throws Exception {
        node.node.led("node-2", 4);

        var headers = client.get("/open").headers();

        assertThat(headers.firstValue("X-Muster-Node")).hasValue("node-1");
        assertThat(headers.firstValue("X-Muster-Term")).hasValue("4");
        assertThat(headers.firstValue("X-Muster-Index")).hasValue(Long.toString(node.node.appliedIndex()));
    }

    @Test
    void every_answer_forbids_scripts_that_are_not_ours() throws Exception {
        for (String path : new String[] {"/open", "/nothing"}) {
            var headers = client.get(path).headers();

            assertThat(headers.firstValue("Content-Security-Policy"))
                    .hasValue(SecurityHeaders.contentSecurityPolicy(List.of()))
                    .get()
                    .asString()
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void garbage_instead_of_a_request_gets_a_problem_and_no_server_version() throws Exception {
        var answer = Wire.ask(node.address(), "NONSENSE\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
    }

    @Test
    void a_taken_port_is_said_plainly() {
        var config = HttpConfig.on("127.0.0.1", node.address().getPort());

        try (var resources = ServerResources.of(config, TransportLimits.USUAL);
                var second = new HttpServer(config, node.node, resources, List.of(), (_, _, _) -> {})) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + config.port());
        }
    }

    @Test
    void an_address_off_loopback_is_refused_until_there_is_tls() {
        assertThatThrownBy(() -> HttpConfig.on("0.0.0.0", 8080)).hasMessageContaining("loopback");
        assertThatThrownBy(() -> HttpConfig.on("localhost.evil.example", 8080)).hasMessageContaining("loopback");
    }
}

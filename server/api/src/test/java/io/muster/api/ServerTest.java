package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.http.Client;
import io.muster.http.HttpConfig;
import io.muster.http.ProblemType;
import io.muster.http.SecurityHeaders;
import io.muster.log.Engine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What every request meets, whatever it asks for.
final class ServerTest {
    @AutoClose
    private final Node node = Node.started("node-1");

    private final FakeCluster cluster = node.cluster;
    private final ApiServer server = node.server;
    private final Client client = node.stranger();

    @Test
    void a_path_that_nothing_answers_is_a_404_problem() throws Exception {
        var answer = client.get("/v1/nothing");

        assertThat(Node.problem(answer).type()).isEqualTo("/problems/not-found");
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void a_path_asked_with_another_method_is_a_405_problem_that_names_its_methods() throws Exception {
        var answer = client.delete("/livez");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(Node.problem(answer).type()).isEqualTo("/problems/method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void every_kind_of_problem_explains_itself_where_its_type_points() throws Exception {
        for (ProblemType type : ProblemType.values()) {
            var answer = client.get(type.type());

            assertThat(answer.statusCode()).as(type.type()).isEqualTo(200);
            assertThat(answer.body()).contains(type.title()).contains(type.advice());
        }
    }

    @Test
    void a_name_that_is_not_ours_in_host_is_refused() throws Exception {
        var answer = raw("GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("/problems/foreign-origin");
    }

    @Test
    void a_page_of_another_site_is_refused() throws Exception {
        assertThat(client.with("Origin", "https://evil.example").get("/livez").statusCode())
                .isEqualTo(403);
        assertThat(client.with("Origin", "null").get("/livez").statusCode()).isEqualTo(403);
        assertThat(client.with("Sec-Fetch-Site", "cross-site").get("/livez").statusCode())
                .isEqualTo(403);
        assertThat(client.with("Origin", "http://127.0.0.1:" + server.port())
                        .get("/livez")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_answer_says_who_gave_it_and_what_it_had_seen() throws Exception {
        cluster.led("node-2", 4);

        var headers = client.get("/livez").headers();

        assertThat(headers.firstValue("X-Muster-Node")).hasValue("node-1");
        assertThat(headers.firstValue("X-Muster-Term")).hasValue("4");
        assertThat(headers.firstValue("X-Muster-Index")).hasValue(Long.toString(cluster.appliedIndex()));
    }

    @Test
    void every_answer_forbids_scripts_that_are_not_ours() throws Exception {
        for (String path : new String[] {"/", "/livez", "/nothing"}) {
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
        var answer = raw("NONSENSE\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
    }

    @Test
    void the_dashboard_is_served_and_names_only_files_that_exist() throws Exception {
        var page = client.get("/");

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        var files = java.util.regex.Pattern.compile("\"(/dashboard/[^\"]+)\"").matcher(page.body());
        int found = 0;
        while (files.find()) {
            assertThat(client.get(files.group(1)).statusCode())
                    .as(files.group(1))
                    .isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThan(2);
        assertThat(client.get("/dashboard/secret.js").statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_that_the_browser_has_already_is_not_sent_again() throws Exception {
        String tag =
                client.get("/dashboard/main.js").headers().firstValue("ETag").orElseThrow();

        var again = client.with("If-None-Match", tag).get("/dashboard/main.js");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void a_node_is_ready_only_with_a_leader_a_majority_and_nothing_in_its_way() throws Exception {
        assertThat(Node.problem(client.get("/readyz")).detail()).contains("no leader");

        cluster.led("node-2", 1);
        assertThat(client.get("/readyz").statusCode()).isEqualTo(200);

        cluster.barrier(new Engine.Barrier.Unavailable("no majority"));
        assertThat(Node.problem(client.get("/readyz")).detail()).contains("no majority");

        cluster.barrier(new Engine.Barrier.At(1));
        cluster.hindered("draining");
        assertThat(Node.problem(client.get("/readyz")).detail()).contains("draining");
        assertThat(client.get("/livez").statusCode()).isEqualTo(200);
        assertThat(cluster.proposed()).isEmpty();
    }

    @Test
    void a_taken_port_is_said_plainly() {
        var second = new ApiServer(HttpConfig.on("127.0.0.1", server.port()), cluster, node.history);

        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("port " + server.port());
        second.close();
    }

    @Test
    void an_address_off_loopback_is_refused_until_there_is_tls() {
        assertThatThrownBy(() -> HttpConfig.on("0.0.0.0", 8080)).hasMessageContaining("loopback");
        assertThatThrownBy(() -> HttpConfig.on("localhost.evil.example", 8080)).hasMessageContaining("loopback");
    }

    private String raw(String request) throws IOException {
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}

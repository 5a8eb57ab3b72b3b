package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.http.Client;
import io.muster.http.ProblemType;
import io.muster.http.SecurityHeaders;
import io.muster.log.Engine;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a node serves beside its resources: the pages of problems, the files of the dashboard, its readiness.
final class ServerTest {
    @AutoClose
    private final Node node = Node.started("node-1");

    private final FakeCluster cluster = node.cluster;
    private final Client client = node.stranger();

    @Test
    void every_kind_of_problem_explains_itself_where_its_type_points() throws Exception {
        for (ProblemType type : ProblemType.values()) {
            var answer = client.get(type.type());

            assertThat(answer.statusCode()).as(type.type()).isEqualTo(200);
            assertThat(answer.body()).contains(type.title()).contains(type.advice());
        }
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
    void the_dashboard_forbids_scripts_that_are_not_ours() throws Exception {
        assertThat(client.get("/").headers().firstValue("Content-Security-Policy"))
                .hasValue(SecurityHeaders.contentSecurityPolicy(List.of()));
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
}

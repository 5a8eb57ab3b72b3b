package io.muster.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import io.muster.http.FakeNode;
import io.muster.http.ServedNode;
import io.muster.log.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The paths of the Raft document, in the shapes that it and its dashboard use.
final class CompatRaftRoutesTest {
    @AutoClose
    private final ServedNode node = ServedNode.of(leading(), CompatEndpoints::of);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void a_command_is_answered_with_the_leader_and_its_place_in_the_log() throws Exception {
        var answer = operator.post("/api/command", "{\"command\":{\"operation\":\"SET\",\"key\":\"x\",\"value\":10}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer.body());
        assertThat(body.propertyNames()).containsExactly("success", "leader_id", "log_index");
        assertThat(body.path("success").asBoolean()).isTrue();
        assertThat(body.path("leader_id").asInt()).isEqualTo(1);
        assertThat(body.path("log_index").asLong()).isEqualTo(node.node.appliedIndex());
    }

    @Test
    void set_delete_and_any_other_command_stand_in_the_log_as_they_were_sent() throws Exception {
        String[] commands = {
            "{\"operation\":\"SET\",\"key\":\"x\",\"value\":{\"deep\":[1,2]}}",
            "{\"operation\":\"DELETE\",\"key\":\"x\"}",
            "{\"operation\":\"PAINT\",\"colour\":\"green\"}"
        };
        for (String command : commands) {
            operator.post("/api/command", "{\"command\":" + command + "}");
        }

        JsonNode log = json(operator.get("/api/logs").body()).path("logs").path("node_1");

        assertThat(log).hasSize(3);
        for (int i = 0; i < commands.length; i++) {
            assertThat(log.get(i).propertyNames()).containsExactly("term", "index", "command", "timestamp");
            assertThat(log.get(i).path("command").toString()).isEqualTo(commands[i]);
            assertThat(log.get(i).path("term").asLong()).isEqualTo(4);
            assertThat(log.get(i).path("timestamp").asDouble()).isGreaterThan(1.6e9);
        }
    }

    @Test
    void a_body_without_a_command_is_refused_in_the_documents_words() throws Exception {
        for (String body : new String[] {"{}", "{\"command\":null}", "{\"other\":1}"}) {
            var answer = operator.post("/api/command", body);

            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"Missing command\"}");
        }
        assertThat(operator.post("/api/command", "{\"command\":").statusCode()).isEqualTo(400);
        assertThat(operator.post("/api/command", "{\"command\":7}").statusCode())
                .isEqualTo(422);
        assertThat(operator.post("/api/command", "{\"command\":{\"operation\":\"SET\",\"key\":\"\",\"value\":1}}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void without_a_leader_a_command_is_refused_in_the_documents_words() throws Exception {
        try (var alone = ServedNode.impatient(FakeNode.leaderless(), CompatEndpoints::of)) {
            var answer = alone.client(Role.OPERATOR)
                    .post("/api/command", "{\"command\":{\"operation\":\"SET\",\"key\":\"x\",\"value\":1}}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"error\":\"No leader available\"}");
        }
    }

    @Test
    void a_command_that_no_majority_confirmed_is_not_called_a_success() throws Exception {
        node.node.fate(() -> new Outcome.Unknown("leadership was lost"));

        var answer = operator.post("/api/command", "{\"command\":{\"operation\":\"DELETE\",\"key\":\"x\"}}");

        assertThat(answer.statusCode())
                .as("a client of the document takes 503 for: nothing was done")
                .isEqualTo(504);
        assertThat(answer.body()).contains("may or may not have happened", "look before you repeat it");
    }

    @Test
    void the_status_shows_all_nodes_numbered_and_the_dead_as_dead() throws Exception {
        try (var second = ServedNode.of(FakeNode.named("node-2"), CompatEndpoints::of)) {
            second.node.led("node-1", 4);
            second.node.with("node-1", node.address());
            second.node.grant(Role.OPERATOR, "");
            node.node.with("node-2", second.address());
            node.node.withDead("node-3");

            JsonNode status = json(operator.get("/api/status").body());

            assertThat(status.propertyNames()).containsExactly("cluster_size", "nodes", "timestamp");
            assertThat(status.path("cluster_size").asInt()).isEqualTo(3);
            assertThat(Instant.parse(status.path("timestamp").asString())).isNotNull();
            JsonNode nodes = status.path("nodes");
            assertThat(nodes.get(0).propertyNames())
                    .containsExactly(
                            "node_id",
                            "state",
                            "term",
                            "log_length",
                            "commit_index",
                            "leader",
                            "voted_for",
                            "votes_received",
                            "is_alive");
            assertThat(nodes.get(0).path("state").asString()).isEqualTo("leader");
            assertThat(nodes.get(0).path("leader").asInt()).isEqualTo(1);
            assertThat(nodes.get(1).path("node_id").asInt()).isEqualTo(2);
            assertThat(nodes.get(1).path("state").asString()).isEqualTo("follower");
            assertThat(nodes.get(1).path("is_alive").asBoolean()).isTrue();
            assertThat(nodes.get(2).path("is_alive").asBoolean()).isFalse();
            assertThat(nodes.get(2).path("leader").isNull()).isTrue();
        }
    }

    private static FakeNode leading() {
        var node = FakeNode.leaderless();
        node.led("node-1", 4);
        return node;
    }

    private static JsonNode json(String body) {
        return JsonMapper.shared().readTree(body);
    }
}

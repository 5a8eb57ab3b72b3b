package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.KeyText;
import io.muster.access.Role;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A node that has read nothing of the log yet, and whom it answers.
final class NodeKeyTest {
    @AutoClose
    private final ServedNode node = ServedNode.of(
            FakeNode.leading(),
            (_, _, _, _) -> List.of(
                    Route.get("/report", Access.READ_AS_NODE).to(ctx -> ctx.result("here")),
                    Route.get("/jobs", Access.READ).to(ctx -> ctx.result("here")),
                    Route.get("/work", Access.WORK).to(ctx -> ctx.result("here"))));

    private final KeyText own = node.node.grantNode(node.node.self().value());

    @Test
    void a_nodes_own_key_opens_what_nodes_may_see_before_anything_was_read() throws Exception {
        node.node.forgetKeys();

        assertThat(ask("/report").statusCode()).isEqualTo(200);
    }

    @Test
    void a_nodes_own_key_opens_nothing_else_then() throws Exception {
        node.node.forgetKeys();

        assertThat(ask("/jobs").statusCode()).isEqualTo(503);
        assertThat(ask("/work").statusCode()).isEqualTo(503);
    }

    @Test
    void any_other_key_is_told_which_one_is_known() throws Exception {
        var other = node.client(Role.ADMIN);
        node.node.forgetKeys();

        var answer = other.get("/report");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("worker.key in its data folder");
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return node.stranger().with("Authorization", "Bearer " + own.reveal()).get(path);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.QueueDocument;
import io.muster.client.QueuePage;
import io.muster.http.Client;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class QueueRoutesTest {
    @AutoClose
    private final Node node = Node.leading(1);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void a_queue_is_served_as_it_was_last_configured() throws Exception {
        var answer = operator.post(
                "/v1/queues/nightly:configure", "{\"weight\":7,\"leaderWorks\":\"when_alone\",\"paused\":true}");

        var expected = new QueueDocument("nightly", 0, 0, null, "when_alone", 7, true);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Node.read(answer, QueueDocument.class)).isEqualTo(expected);
        assertThat(Node.read(operator.get("/v1/queues"), QueuePage.class).items())
                .contains(expected);
    }

    @Test
    void what_is_left_out_is_as_it_is_for_a_new_queue() throws Exception {
        operator.post("/v1/queues/audits:configure", "{\"weight\":7,\"leaderWorks\":\"never\",\"paused\":true}");

        var answer = operator.post("/v1/queues/audits:configure", "{}");

        assertThat(Node.read(answer, QueueDocument.class))
                .isEqualTo(new QueueDocument("audits", 0, 0, null, "when_alone", 1, false));
    }

    @Test
    void settings_that_cannot_be_are_refused() throws Exception {
        for (String body : new String[] {"{\"weight\":0}", "{\"weight\":1001}", "{\"leaderWorks\":\"sometimes\"}"}) {
            assertThat(operator.post("/v1/queues/default:configure", body).statusCode())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(operator.post("/v1/queues/No%20Queue:configure", "{}").statusCode())
                .isEqualTo(422);
        assertThat(operator.post("/v1/queues/default:configure", "{\"wieght\":1}")
                        .statusCode())
                .isEqualTo(400);
    }
}

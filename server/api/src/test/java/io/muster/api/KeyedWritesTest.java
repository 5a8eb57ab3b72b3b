package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A write that comes again under the same Idempotency-Key is answered as it was at first, and not done twice.
final class KeyedWritesTest {
    @AutoClose
    private final Node node = Node.leading(7);

    private final Client operator = node.client(Role.OPERATOR);
    private final Client keyed = operator.with("Idempotency-Key", "k-1");

    @Test
    void an_audit_is_started_once() throws Exception {
        String audit = "{\"name\":\"a\",\"packages\":[\"pkg:npm/a@1.0.0\"]}";

        var first = keyed.post("/v1/audits", audit);
        var again = keyed.post("/v1/audits", audit);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(node.cluster
                        .read(state -> state.audits().newest(10).size())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(1);
    }

    @Test
    void an_act_in_bulk_is_done_once_and_counted_as_at_first() throws Exception {
        node.submitNoops(2);

        var first = keyed.post("/v1/jobs:cancel", "{\"all\":true}");
        node.submitNoops(3);
        var again = keyed.post("/v1/jobs:cancel", "{\"all\":true}");

        assertThat(first.body()).contains("\"changed\":2");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(operator.get("/v1/jobs?state=queued").body()).contains("queued");
    }

    @Test
    void a_job_that_was_called_off_under_a_key_is_no_conflict_the_second_time() throws Exception {
        node.submitNoops(1);
        String id = operator.get("/v1/jobs").body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");

        var first = keyed.post("/v1/jobs/" + id + ":cancel", "");
        var again = keyed.post("/v1/jobs/" + id + ":cancel", "");
        var without = operator.post("/v1/jobs/" + id + ":cancel", "");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(without.statusCode()).isEqualTo(409);
    }

    @Test
    void a_key_of_another_request_is_refused() throws Exception {
        keyed.post("/v1/jobs:cancel", "{\"all\":true}");

        assertThat(keyed.post("/v1/jobs:cancel", "{\"queue\":\"x\"}").statusCode())
                .isEqualTo(422);
        assertThat(keyed.post("/v1/jobs:purge", "{\"all\":true}").statusCode()).isEqualTo(422);
    }

    @Test
    void an_api_key_is_made_once_and_its_secret_is_not_shown_again() throws Exception {
        Client admin = node.client(Role.ADMIN).with("Idempotency-Key", "k-2");
        String wanted = "{\"name\":\"ci\",\"role\":\"operator\"}";

        var first = admin.post("/v1/keys", wanted);
        var again = admin.post("/v1/keys", wanted);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(Node.problem(again).detail()).contains("its secret was shown then");
        assertThat(admin.get("/v1/keys").body().split("\"ci\"", -1)).hasSize(2);
    }
}

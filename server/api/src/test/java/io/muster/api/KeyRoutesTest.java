package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.NewKey;
import io.muster.encoding.Bytes;
import io.muster.http.Client;
import io.muster.wire.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class KeyRoutesTest {
    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);

    @Test
    void a_new_key_works_at_once_and_its_secret_is_shown_only_once() throws Exception {
        var answer = admin.post("/v1/keys", "{\"name\":\"ci\",\"role\":\"operator\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        var made = Json.read(Bytes.utf8(answer.body()), NewKey.class);
        var holder = node.stranger().with("X-API-Key", made.secret());
        assertThat(holder.post("/v1/jobs", "{\"type\":\"noop\"}").statusCode()).isEqualTo(201);
        assertThat(admin.get("/v1/keys").body())
                .contains("\"name\":\"ci\"")
                .contains(made.key().id())
                .doesNotContain(made.secret().substring(made.secret().length() - 16));
        assertThat(node.cluster.proposed().getFirst().body().text())
                .doesNotContain(made.secret().substring(made.secret().length() - 16));
    }

    @Test
    void a_revoked_key_is_refused_from_then_on() throws Exception {
        var made = Json.read(
                Bytes.utf8(admin.post("/v1/keys", "{\"name\":\"ci\",\"role\":\"viewer\"}")
                        .body()),
                NewKey.class);

        assertThat(admin.delete("/v1/keys/" + made.key().id()).statusCode()).isEqualTo(204);

        assertThat(node.stranger()
                        .with("X-API-Key", made.secret())
                        .get("/v1/cluster")
                        .statusCode())
                .isEqualTo(401);
        assertThat(admin.get("/v1/keys").body()).contains("\"status\":\"revoked\"");
    }

    @Test
    void the_last_admin_key_cannot_be_revoked() throws Exception {
        var answer = admin.delete("/v1/keys/000000000001");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Node.problem(answer).detail()).contains("last admin key");
    }

    @Test
    void a_key_that_cannot_be_is_refused() throws Exception {
        for (String body : new String[] {
            "{\"name\":\"x\",\"role\":\"king\"}",
            "{\"name\":\"x\",\"role\":\"worker\"}",
            "{\"name\":\"\",\"role\":\"viewer\"}",
            "{\"name\":\"" + "x".repeat(300) + "\",\"role\":\"viewer\"}"
        }) {
            assertThat(admin.post("/v1/keys", body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(admin.post("/v1/keys", "{\"role\":\"viewer\"}").statusCode()).isEqualTo(400);
        assertThat(admin.delete("/v1/keys/nonsense").statusCode()).isEqualTo(404);
        assertThat(admin.delete("/v1/keys/0123456789ab").statusCode()).isEqualTo(404);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Access;
import io.muster.http.Client;
import io.muster.http.Route;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Who may use what.
final class AccessTest {
    @AutoClose
    private final Node node = Node.leading(1);

    @Test
    void every_route_that_is_not_open_refuses_a_request_without_a_key() throws Exception {
        for (Route route :
                Routes.all().stream().filter(route -> !Routes.isUpgrade(route)).toList()) {
            boolean isOpen = route.access() == Access.OPEN;

            var answer = ask(node.stranger(), route);

            assertThat(answer.statusCode() == 401).as(route.toString()).isEqualTo(!isOpen);
            // The command path of the Raft document refuses in the document's own shape.
            if (!isOpen && !Routes.isPlain(route)) {
                assertThat(Node.problem(answer).type()).isEqualTo("/problems/key-missing");
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            }
        }
    }

    @Test
    void every_route_refuses_exactly_the_roles_that_its_row_does_not_admit() throws Exception {
        for (Role role : Role.values()) {
            Client client = node.client(role);
            for (Route route : Routes.all().stream()
                    .filter(route -> !Routes.isStream(route) && !Routes.isUpgrade(route))
                    .toList()) {
                var answer = ask(client, route);

                assertThat(answer.statusCode() == 403)
                        .as(role + " " + route)
                        .isEqualTo(!expected(role, route.access()));
            }
        }
    }

    @Test
    void a_node_that_has_not_read_its_keys_yet_asks_to_come_again_and_refuses_nobody() throws Exception {
        String early = "muster_ffffffffffff_" + "0".repeat(64);

        var answer = node.stranger().with("X-API-Key", early).get("/v1/cluster");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Node.problem(answer).type()).isEqualTo("/problems/not-ready");
    }

    @Test
    void a_wrong_secret_an_unknown_key_and_no_key_at_all_are_refused_alike() throws Exception {
        String good = node.cluster.grant(Role.ADMIN, "");
        String wrongSecret = good.substring(0, good.length() - 1) + "f";
        String unknown = "muster_ffffffffffff_" + "0".repeat(64);

        for (String key : new String[] {wrongSecret, unknown, "hello", ""}) {
            var answer = node.stranger().with("X-API-Key", key).get("/v1/cluster");

            assertThat(answer.statusCode()).as(key).isEqualTo(401);
            assertThat(Node.problem(answer).type()).isEqualTo("/problems/key-refused");
        }
        assertThat(node.stranger().with("X-API-Key", good).get("/v1/cluster").statusCode())
                .isEqualTo(200);
        assertThat(node.stranger()
                        .with("Authorization", "Basic " + good)
                        .get("/v1/cluster")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_worker_of_a_node_may_fetch_history_and_another_worker_may_not() throws Exception {
        var ofNode = node.stranger().with("X-API-Key", node.cluster.grant(Role.WORKER, "node-1"));
        var ofOther = node.stranger().with("X-API-Key", node.cluster.grant(Role.WORKER, "builder-7"));

        assertThat(ofNode.get("/v1/history/blocks/1").statusCode()).isEqualTo(404);
        assertThat(ofOther.get("/v1/history/blocks/1").statusCode()).isEqualTo(403);
    }

    private static boolean expected(Role role, Access access) {
        return switch (access) {
            case OPEN -> true;
            case READ -> role != Role.WORKER;
            case OPERATE -> role == Role.OPERATOR || role == Role.ADMIN;
            case WORK -> role == Role.WORKER || role == Role.ADMIN;
            case ADMINISTER -> role == Role.ADMIN;
            // The workers of this test are bound to the name of no node.
            case READ_AS_NODE -> role != Role.WORKER;
            case AS_NODE -> false;
            case CARRY -> role != Role.VIEWER;
        };
    }

    private static HttpResponse<String> ask(Client client, Route route) throws Exception {
        String path = route.path()
                .replace("{id}", "x")
                .replace("{queue}", "default")
                .replace("{number}", "1")
                .replace("{slug}", "x")
                .replace("{digest}", "0".repeat(64))
                .replace("{file}", "x");
        return switch (route.method()) {
            case GET, WEBSOCKET -> client.get(path);
            case POST -> client.post(path, "{}");
            case DELETE -> client.delete(path);
        };
    }
}

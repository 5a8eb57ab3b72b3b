package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import io.muster.http.Refusal;
import io.muster.http.Repetition;
import io.muster.http.Route;
import io.muster.log.Outcome;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is asked again after an answer was lost, and what is said then of what was written.
final class RepetitionTest {
    private static final String NOOP = "{\"type\":\"noop\"}";
    private static final String REFUSED_AS_TOO_MUCH =
            "{\"type\":\"/problems/overloaded\",\"title\":\"T\",\"status\":429,\"detail\":\"nothing was written\"}";

    @AutoClose
    private final Node follower = Node.started("node-2");

    @AutoClose
    private final ForgetfulLeader leader = new ForgetfulLeader();

    @BeforeEach
    void start() {
        follower.cluster.with("node-1", leader.address());
        follower.cluster.led("node-1", 3);
    }

    static List<Route> writes() {
        return Routes.writes();
    }

    static List<Route> writesWithKeys() {
        return writes().stream()
                .filter(route -> route.guards().repetition() == Repetition.WITH_KEY)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("writesWithKeys")
    void a_lost_answer_to_a_write_without_a_key_is_unknown_and_not_asked_for_again(Route route) throws Exception {
        var answer = ask(route, caller(route));

        assertThat(leader.asked()).hasSize(1);
        assertThat(answer.statusCode()).isEqualTo(Routes.isPlain(route) ? 504 : 503);
        assertThat(answer.body())
                .contains("may or may not have happened", "look before you repeat")
                .doesNotContain("is safe", "nothing was written");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_write_with_a_key_and_an_exchange_are_asked_again_and_answered(Route route) throws Exception {
        leader.loses(() -> {}).says(200, "application/json", "{\"second\":true}");

        var answer = ask(route);

        assertThat(leader.asked()).hasSize(2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"second\":true}");
    }

    @Test
    void once_a_leader_may_have_taken_it_giving_up_is_an_unknown_outcome() throws Exception {
        try (var impatient = Node.started("node-3", Node.IMPATIENT)) {
            impatient.cluster.with("node-1", leader.address());
            impatient.cluster.led("node-1", 3);
            leader.loses(() -> impatient.cluster.leaderless(4));

            var answer = impatient
                    .client(Role.OPERATOR)
                    .with("Idempotency-Key", "k-1")
                    .post("/v1/jobs", NOOP);

            assertUnknown(answer);
        }
    }

    @Test
    void a_second_try_refused_after_a_leader_may_have_taken_it_is_unknown() throws Exception {
        leader.loses(() -> {}).says(429, Refusal.MEDIA_TYPE, REFUSED_AS_TOO_MUCH);

        var answer = ask(Routes.of("POST /v1/jobs"));

        assertThat(leader.asked()).hasSize(2);
        assertUnknown(answer);
    }

    @Test
    void once_a_leader_may_have_taken_it_a_refusal_of_this_node_is_an_unknown_outcome() throws Exception {
        follower.cluster.fate(_ -> CompletableFuture.completedFuture(new Outcome.Overloaded(100)));
        leader.loses(() -> follower.cluster.led("node-2", 4));

        var answer = ask(Routes.of("POST /v1/jobs"));

        assertThat(follower.cluster.proposed()).hasSize(1);
        assertUnknown(answer);
    }

    @Test
    void a_refusal_without_a_lost_answer_before_it_comes_back_as_it_is() throws Exception {
        leader.says(429, Refusal.MEDIA_TYPE, REFUSED_AS_TOO_MUCH);

        var answer = ask(Routes.of("POST /v1/jobs"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(REFUSED_AS_TOO_MUCH);
    }

    private static void assertUnknown(HttpResponse<String> answer) {
        var problem = Node.problem(answer);
        assertThat(problem.type()).isEqualTo("/problems/unknown-outcome");
        assertThat(problem.detail())
                .contains("repeating it with the same Idempotency-Key is safe")
                .doesNotContain("nothing was written");
    }

    /// Asks with a key of the API that may, and with an Idempotency-Key.
    private HttpResponse<String> ask(Route route) throws Exception {
        return ask(route, caller(route).with("Idempotency-Key", "k-1"));
    }

    private static HttpResponse<String> ask(Route route, Client client) throws Exception {
        String path = route.path().replace("{id}", "job-1-1").replace("{queue}", "default");
        return route.method() == Route.Method.DELETE ? client.delete(path) : client.post(path, NOOP);
    }

    private Client caller(Route route) {
        return switch (route.access()) {
            case WORK -> follower.client(Role.WORKER);
            case ADMINISTER -> follower.client(Role.ADMIN);
            case AS_NODE -> follower.ofNode();
            default -> follower.client(Role.OPERATOR);
        };
    }
}

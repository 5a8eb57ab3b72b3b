package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.ValueDocument;
import io.muster.client.ValuePage;
import io.muster.http.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ValueRoutesTest {
    @AutoClose
    private final Node node = Node.leading(3);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void a_value_is_found_by_its_key_and_gone_once_deleted() throws Exception {
        run("SET", "colour", ",\"value\":{\"r\":10}");

        var found = values("key=colour").items().getFirst();
        assertThat(found.value().text()).isEqualTo("{\"r\":10}");
        assertThat(found.revision()).isPositive();

        run("DELETE", "colour", "");
        assertThat(values("key=colour&consistency=leader").items()).isEmpty();
    }

    @Test
    void keys_of_any_shape_are_found() throws Exception {
        run("SET", "a/b?c=d&e %2F ü", ",\"value\":1");

        assertThat(values("key=a%2Fb%3Fc%3Dd%26e%20%252F%20%C3%BC").items()).hasSize(1);
    }

    @Test
    void pages_hold_every_key_of_a_prefix_once() throws Exception {
        for (String key : List.of("a", "b/1", "b/2", "b/3", "c")) {
            run("SET", key, ",\"value\":1");
        }
        var keys = new ArrayList<String>();

        ValuePage page = values("prefix=b/&limit=2");
        while (page.next() != null) {
            page.items().forEach(item -> keys.add(item.key()));
            page = values("prefix=b/&limit=2&cursor=" + page.next());
        }
        page.items().forEach(item -> keys.add(item.key()));

        assertThat(keys).containsExactly("b/1", "b/2", "b/3");
        assertThat(values("").items()).extracting(ValueDocument::key).containsExactly("a", "b/1", "b/2", "b/3", "c");
    }

    @Test
    void a_page_of_large_values_ends_early() throws Exception {
        for (int i = 0; i < 10; i++) {
            run("SET", "key-" + i, ",\"value\":\"" + "x".repeat(900_000) + "\"");
        }

        var first = values("limit=500");

        assertThat(first.items().size()).isBetween(4, 6);
        assertThat(first.next()).isEqualTo(first.items().getLast().key());
    }

    private ValuePage values(String query) throws Exception {
        return Node.read(operator.get("/v1/values?" + query), ValuePage.class);
    }

    private void run(String operation, String key, String value) throws Exception {
        var answer = operator.post(
                "/api/command",
                "{\"command\":{\"operation\":\"" + operation + "\",\"key\":\"" + key + "\"" + value + "}}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.DecisionDocument;
import io.muster.client.DecisionPage;
import io.muster.http.Client;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DecisionRoutesTest {
    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);

    @Test
    void who_decided_what_is_told_newest_first() throws Exception {
        admin.post("/v1/queues/one:configure", "{}");
        admin.post("/v1/keys", "{\"name\":\"ci\",\"role\":\"viewer\"}");

        var page = Node.read(admin.get("/v1/decisions"), DecisionPage.class);

        assertThat(page.items())
                .extracting(DecisionDocument::action)
                .startsWith("access.add-key", "jobs.configure-queue");
        assertThat(page.items()).allSatisfy(decision -> {
            assertThat(decision.authorization()).isEqualTo("allowed");
            assertThat(decision.hash()).matches("[0-9a-f]{64}");
        });
        assertThat(page.head()).isEqualTo(page.items().getFirst().hash());
        assertThat(page.brokenAt()).isNull();
    }

    @Test
    void the_pages_come_to_the_first_decision_and_repeat_none() throws Exception {
        for (int i = 0; i < 5; i++) {
            admin.post("/v1/queues/queue-" + i + ":configure", "{}");
        }

        var first = Node.read(admin.get("/v1/decisions?limit=3"), DecisionPage.class);
        var rest = Node.read(admin.get("/v1/decisions?cursor=" + first.next()), DecisionPage.class);

        assertThat(first.items()).hasSize(3);
        assertThat(rest.items().getFirst().number())
                .isEqualTo(first.items().getLast().number() - 1);
        assertThat(rest.items().getLast().number()).isEqualTo(1);
        assertThat(rest.next()).isNull();
    }

    @Test
    void a_cursor_that_is_none_is_refused() throws Exception {
        assertThat(admin.get("/v1/decisions?cursor=x").statusCode()).isEqualTo(400);
    }
}

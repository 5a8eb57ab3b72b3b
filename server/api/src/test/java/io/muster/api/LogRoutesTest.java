package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.LogEntryDocument;
import io.muster.client.LogPage;
import io.muster.http.Client;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LogRoutesTest {
    @AutoClose
    private final Node node = Node.leading(3);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void the_newest_entries_are_told_oldest_first() throws Exception {
        set("a");
        set("b");

        var page = log("limit=2");

        assertThat(page.items()).extracting(LogEntryDocument::summary).containsExactly("a = 1", "b = 1");
        assertThat(page.items().getLast().index()).isEqualTo(page.last());
        assertThat(page.node()).isEqualTo("node-1");
    }

    @Test
    void who_has_seen_an_entry_is_told_what_came_behind_it() throws Exception {
        set("a");
        long seen = log("limit=1").last();
        assertThat(log("after=" + seen).items()).isEmpty();

        set("b");
        set("c");

        assertThat(log("after=" + seen).items())
                .extracting(LogEntryDocument::summary)
                .containsExactly("b = 1", "c = 1");
        assertThat(log("limit=1&after=" + seen).items())
                .extracting(LogEntryDocument::summary)
                .containsExactly("b = 1");
    }

    @Test
    void who_asked_is_named() throws Exception {
        set("a");

        assertThat(log("limit=1").items().getFirst().principal()).isNotEmpty();
    }

    @Test
    void an_index_that_is_none_is_refused() throws Exception {
        assertThat(operator.get("/v1/log?after=-1").statusCode()).isEqualTo(400);
        assertThat(operator.get("/v1/log?after=x").statusCode()).isEqualTo(400);
        assertThat(operator.get("/v1/log?after=9999999999999999999").statusCode())
                .isEqualTo(400);
    }

    private LogPage log(String query) throws Exception {
        return Node.read(operator.get("/v1/log?" + query), LogPage.class);
    }

    private void set(String key) throws Exception {
        operator.post("/api/command", "{\"command\":{\"operation\":\"SET\",\"key\":\"" + key + "\",\"value\":1}}");
    }
}

package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RouteTest {
    private static final Guards STOPPED_BY_FULL_DISK = Guards.OF_WRITES.with(Guards.FullDisk.REFUSED);

    @Test
    void a_row_that_any_node_answers_cannot_be_refused_by_a_full_disk() {
        var question = Route.get("/v1/things", Access.OPEN);

        assertThatThrownBy(() -> question.behind(STOPPED_BY_FULL_DISK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /v1/things");
    }

    @Test
    void a_row_that_the_leader_answers_can_be_refused_by_a_full_disk() {
        var write = Route.post("/v1/things", Access.OPEN).behind(STOPPED_BY_FULL_DISK);

        assertThat(write.guards().fullDisk()).isEqualTo(Guards.FullDisk.REFUSED);
    }
}

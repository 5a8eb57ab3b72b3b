package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import io.muster.log.Engine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackupRoutesTest {
    private static final String PATH = "/v1/cluster/backup";

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);
    private final CountDownLatch closed = new CountDownLatch(1);

    private void answer(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var stream = new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.countDown();
            }
        };
        node.cluster.answerBackups(new BackupAnswer.Ready(stream, bytes.length, 42));
    }

    @Test
    void an_admin_is_sent_the_backup_with_its_length_and_its_index() throws Exception {
        answer("all of it");

        var answer = admin.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("all of it");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(9);
        assertThat(answer.headers().firstValue("X-Muster-Backup-Index")).hasValue("42");
        closed.await();
    }

    @Test
    void an_operator_gets_no_backup() throws Exception {
        answer("secrets");

        assertThat(node.client(Role.OPERATOR).get(PATH).statusCode()).isEqualTo(403);
        assertThat(closed.getCount()).isOne();
    }

    @Test
    void a_node_that_cannot_take_one_says_why() throws Exception {
        node.cluster.answerBackups(new BackupAnswer.Refused("another is being taken"));

        var answer = admin.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no backup was taken: another is being taken");
    }

    @Test
    void without_a_majority_there_is_no_backup() throws Exception {
        answer("stale");
        node.cluster.barrier(new Engine.Barrier.Unavailable("no majority"));

        assertThat(admin.get(PATH).statusCode()).isEqualTo(503);
        assertThat(closed.getCount()).isOne();
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.AuditDocument;
import io.muster.client.AuditPage;
import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.client.JobStatus;
import io.muster.client.KeyDocument;
import io.muster.client.KeyPage;
import io.muster.client.QueueDocument;
import io.muster.client.QueuePage;
import io.muster.client.SubmittedJob;
import io.muster.client.WorkerDocument;
import io.muster.client.WorkerPage;
import io.muster.http.Client;
import io.muster.jobs.JobLimits;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What holds for every list and every query: pages, cursors, words that are not known, and waiting for an end.
final class ListingTest {
    @AutoClose
    private final Node node = Node.leading(7);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void audits_go_on_behind_a_cursor_newest_first() throws Exception {
        for (int i = 1; i <= 5; i++) {
            operator.post("/v1/audits", "{\"name\":\"a" + i + "\",\"packages\":[\"pkg:npm/a@1." + i + "\"]}");
        }

        var first = Node.read(operator.get("/v1/audits?limit=2"), AuditPage.class);
        var second = Node.read(operator.get("/v1/audits?limit=2&cursor=" + first.next()), AuditPage.class);
        var third = Node.read(operator.get("/v1/audits?limit=2&cursor=" + second.next()), AuditPage.class);

        assertThat(first.items()).extracting(AuditDocument::name).containsExactly("a5", "a4");
        assertThat(second.items()).extracting(AuditDocument::name).containsExactly("a3", "a2");
        assertThat(third.items()).extracting(AuditDocument::name).containsExactly("a1");
        assertThat(third.next()).isNull();
    }

    @Test
    void a_filter_that_passes_few_finds_them_beyond_what_one_look_sees() throws Exception {
        node.submitNoops(JobLimits.MAX_LOOK + 500);
        operator.post("/v1/jobs", "{\"type\":\"sleep\"}");

        var page = Node.read(operator.get("/v1/jobs?state=queued&type=sleep"), JobPage.class);

        assertThat(page.items()).extracting(JobDocument::type).containsExactly("sleep");
    }

    @Test
    void queues_workers_and_keys_go_on_behind_a_cursor_too() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            node.joinWorker("w-" + name, 1, "sleep");
            operator.post("/v1/jobs", "{\"type\":\"noop\",\"queue\":\"q-" + name + "\"}");
        }
        Client admin = node.client(Role.ADMIN);

        var queues = Node.read(operator.get("/v1/queues?limit=2"), QueuePage.class);
        var workers = Node.read(operator.get("/v1/workers?limit=2"), WorkerPage.class);
        var keys = Node.read(admin.get("/v1/keys?limit=2"), KeyPage.class);
        var moreQueues = Node.read(operator.get("/v1/queues?limit=2&cursor=" + queues.next()), QueuePage.class);
        var moreWorkers = Node.read(operator.get("/v1/workers?limit=2&cursor=" + workers.next()), WorkerPage.class);
        var moreKeys = Node.read(admin.get("/v1/keys?limit=500&cursor=" + keys.next()), KeyPage.class);

        assertThat(queues.items()).extracting(QueueDocument::queue).containsExactly("q-a", "q-b");
        assertThat(moreQueues.items()).extracting(QueueDocument::queue).containsExactly("q-c");
        assertThat(moreQueues.next()).isNull();
        assertThat(workers.items()).extracting(WorkerDocument::worker).containsExactly("w-a", "w-b");
        assertThat(moreWorkers.items()).extracting(WorkerDocument::worker).containsExactly("w-c");
        assertThat(keys.items()).hasSize(2);
        assertThat(moreKeys.items())
                .extracting(KeyDocument::id)
                .doesNotContainAnyElementsOf(
                        keys.items().stream().map(KeyDocument::id).toList());
    }

    @Test
    void a_query_parameter_that_is_not_known_is_refused_with_the_nearest() throws Exception {
        assertThat(detail(operator.get("/v1/jobs?limt=2"))).contains("'limt'").contains("did you mean 'limit'");
        assertThat(detail(operator.get("/v1/audits?curser=x"))).contains("did you mean 'cursor'");
        assertThat(detail(operator.get("/v1/node?x=1"))).contains("this path has none");
        assertThat(detail(operator.post("/v1/jobs?dryRun=true", "{\"type\":\"noop\"}")))
                .contains("'dryRun'");
        assertThat(detail(operator.get("/v1/jobs?state=dead&state=queued"))).contains("twice");
        assertThat(detail(operator.get("/livez?verbose=1"))).contains("'verbose'");
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void a_list_of_jobs_narrows_by_label_audit_and_age() throws Exception {
        operator.post("/v1/jobs", "{\"type\":\"noop\",\"requires\":{\"zone\":\"eu\",\"gpu\":\"\"}}");
        operator.post("/v1/jobs", "{\"type\":\"noop\"}");
        var audit = Node.read(
                operator.post("/v1/audits", "{\"name\":\"a\",\"packages\":[\"pkg:npm/a@1.0.0\"]}"),
                AuditDocument.class);

        assertThat(count("?label=zone%3Deu&label=gpu")).isEqualTo(1);
        assertThat(count("?audit=" + audit.id())).isEqualTo(1);
        assertThat(count("?olderThan=7d")).isZero();
        assertThat(count("?olderThan=0s")).isEqualTo(3);
        assertThat(detail(operator.get("/v1/jobs?olderThan=soon"))).contains("olderThan 'soon'");
    }

    @Test
    void waiting_for_a_job_is_answered_by_its_end() throws Exception {
        String id = Node.read(operator.post("/v1/jobs", "{\"type\":\"doomed\",\"maxAttempts\":1}"), SubmittedJob.class)
                .id();
        var begun = new CountDownLatch(1);
        var answer = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            return unchecked("/v1/jobs/" + id + "?wait=60s");
        });
        begun.await();

        operator.post("/v1/jobs/" + id + ":cancel", "");

        assertThat(Node.read(answer.join(), JobDocument.class).state()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void waiting_ends_with_its_time() throws Exception {
        String id = Node.read(operator.post("/v1/jobs", "{\"type\":\"noop\"}"), SubmittedJob.class)
                .id();

        assertThat(Node.read(operator.get("/v1/jobs/" + id + "?wait=10ms"), JobDocument.class)
                        .state())
                .isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void a_wait_is_a_time_of_at_most_a_minute() throws Exception {
        String id = Node.read(operator.post("/v1/jobs", "{\"type\":\"noop\"}"), SubmittedJob.class)
                .id();

        assertThat(detail(operator.get("/v1/jobs/" + id + "?wait=61s"))).contains("60s");
        assertThat(detail(operator.get("/v1/jobs/" + id + "?wait=long"))).contains("wait 'long'");
    }

    private HttpResponse<String> unchecked(String path) {
        try {
            return operator.get(path);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int count(String query) throws Exception {
        return Node.read(operator.get("/v1/jobs" + query), io.muster.client.JobPage.class)
                .items()
                .size();
    }

    private static String detail(HttpResponse<String> answer) {
        return String.valueOf(Node.problem(answer).detail());
    }
}

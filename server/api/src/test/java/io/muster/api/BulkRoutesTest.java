package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.BulkAnswer;
import io.muster.client.ClusterDocument;
import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.client.JobStatus;
import io.muster.client.SubmittedJob;
import io.muster.http.Client;
import io.muster.jobs.JobLimits;
import java.util.HashSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What can be done to all jobs that a filter finds.
final class BulkRoutesTest {
    @AutoClose
    private final Node node = Node.leading(7);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void a_dry_run_counts_and_changes_nothing() throws Exception {
        node.submitNoops(1_200);

        var answer = bulk("cancel", "{\"queue\":\"default\",\"dryRun\":true}");

        assertThat(answer).isEqualTo(new BulkAnswer(true, 1_200, 0, 0, null));
        assertThat(counts(JobStatus.QUEUED)).isEqualTo(1_200);
    }

    @Test
    void slices_reach_every_job_that_was_there_and_none_that_came_later() throws Exception {
        node.submitNoops(1_200);

        var first = bulk("cancel", "{\"all\":true}");
        node.submitNoops(3);
        var second = bulk("cancel", "{\"all\":true,\"cursor\":\"" + first.next() + "\"}");

        assertThat(first.changed()).isEqualTo(1_000);
        assertThat(second.changed()).isEqualTo(200);
        assertThat(second.next()).isNull();
        assertThat(counts(JobStatus.QUEUED)).isEqualTo(3);
    }

    @Test
    void each_field_of_the_filter_narrows_what_is_cancelled() throws Exception {
        submit("{\"type\":\"a\",\"queue\":\"one\"}");
        submit("{\"type\":\"b\",\"queue\":\"one\",\"requires\":{\"zone\":\"eu\"}}");
        submit("{\"type\":\"b\",\"queue\":\"two\",\"delayMillis\":600000}");

        assertThat(found("{\"queue\":\"one\",\"dryRun\":true}")).isEqualTo(2);
        assertThat(found("{\"type\":\"b\",\"dryRun\":true}")).isEqualTo(2);
        assertThat(found("{\"labels\":{\"zone\":\"eu\"},\"dryRun\":true}")).isEqualTo(1);
        assertThat(found("{\"state\":\"scheduled\",\"dryRun\":true}")).isEqualTo(1);
        assertThat(found("{\"audit\":\"audit-000000000001\",\"dryRun\":true}")).isZero();
        assertThat(found("{\"olderThanMillis\":3600000,\"dryRun\":true}")).isZero();
        var scheduled = bulk("cancel", "{\"state\":\"scheduled,queued\",\"type\":\"b\"}");
        var queued = bulk(
                "cancel", "{\"state\":\"scheduled,queued\",\"type\":\"b\",\"cursor\":\"" + scheduled.next() + "\"}");
        assertThat(scheduled.changed() + queued.changed()).isEqualTo(2);
        assertThat(queued.next()).isNull();
        assertThat(counts(JobStatus.QUEUED)).isEqualTo(1);
    }

    @Test
    void dead_letters_are_retried_and_purged_and_the_history_keeps_them() throws Exception {
        node.makeDead("doomed");
        node.makeDead("cursed");

        assertThat(bulk("retry", "{\"type\":\"doomed\"}").changed()).isEqualTo(1);
        assertThat(bulk("purge", "{\"all\":true}").changed()).isEqualTo(1);

        assertThat(counts(JobStatus.DEAD)).isZero();
        assertThat(list("?state=dead").items()).isEmpty();
    }

    @Test
    void dead_letters_stay_listed_when_newer_ones_took_their_room() throws Exception {
        String oldest = Node.read(
                        operator.post("/v1/jobs", "{\"type\":\"doomed\",\"maxAttempts\":1}"), SubmittedJob.class)
                .id();
        node.makeAllDead("doomed", JobLimits.MAX_DEAD_LETTERS);

        var ids = new HashSet<String>();
        var page = list("?state=dead&limit=500");
        page.items().forEach(job -> ids.add(job.id()));
        while (page.next() != null) {
            page = list("?state=dead&limit=500&cursor=" + page.next());
            page.items().forEach(job -> assertThat(ids.add(job.id())).isTrue());
        }

        assertThat(counts(JobStatus.DEAD)).isEqualTo(JobLimits.MAX_DEAD_LETTERS + 1);
        assertThat(ids).hasSize(JobLimits.MAX_DEAD_LETTERS + 1).contains(oldest);
        var stripped = Node.read(operator.get("/v1/jobs/" + oldest), JobDocument.class);
        assertThat(stripped.payload()).as("only the newest keep theirs").isNull();
    }

    @Test
    void one_dead_letter_is_purged_by_its_id_and_only_once() throws Exception {
        node.makeDead("doomed");
        String id = list("?state=dead").items().getFirst().id();

        var purged = Node.read(operator.post("/v1/jobs/" + id + ":purge", ""), JobDocument.class);
        var again = operator.post("/v1/jobs/" + id + ":purge", "");
        var retried = operator.post("/v1/jobs/" + id + ":retry", "");

        assertThat(purged.state()).isEqualTo(JobStatus.DEAD);
        assertThat(Node.problem(again).status()).isEqualTo(409);
        assertThat(Node.problem(retried).detail()).contains("kept by the history alone");
        assertThat(Node.read(operator.get("/v1/jobs/" + id), JobDocument.class).state())
                .isEqualTo(JobStatus.DEAD);
    }

    @Test
    void what_is_not_meant_is_refused_in_a_sentence() throws Exception {
        assertThat(refusal("cancel", "{}")).contains("name a filter");
        assertThat(refusal("cancel", "{\"all\":true,\"queue\":\"x\"}")).contains("exclude each other");
        assertThat(refusal("cancel", "{\"state\":\"dead\"}")).contains("only live jobs");
        assertThat(refusal("purge", "{\"state\":\"queued\"}")).contains("only dead jobs");
        assertThat(refusal("purge", "{\"state\":\"ded\"}")).contains("state 'ded' is not known");
        assertThat(refusal("cancel", "{\"all\":true,\"limit\":0}")).contains("1");
        assertThat(refusal("cancel", "{\"all\":true,\"cursor\":\"x\"}")).contains("cursor");
        assertThat(refusal("cancel", "{\"all\":true,\"cursor\":\"9.1.2\"}")).contains("cursor");
        assertThat(refusal("cancel", "{\"olderThanMillis\":-1}")).contains("olderThanMillis");
        assertThat(refusal("cancel", "{\"labels\":{\"a\":null}}")).contains("'a' is null");
        assertThat(node.client(Role.VIEWER)
                        .post("/v1/jobs:purge", "{\"all\":true}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_submit_hints_at_what_its_job_will_wait_for_in_vain() throws Exception {
        node.joinWorker("worker-b", 4, "noop");

        assertThat(submit("{\"type\":\"nope\"}").hint()).isEqualTo("it waits: no worker has a handler for nope");
        assertThat(submit("{\"type\":\"noop\",\"requires\":{\"zone\":\"eu\"}}").hint())
                .contains("zone=eu");
        assertThat(submit("{\"type\":\"noop\"}").hint()).isNull();
    }

    @Test
    void advice_and_metrics_tell_what_jobs_wait_for_in_vain() throws Exception {
        node.joinWorker("worker-b", 4, "noop");
        submit("{\"type\":\"nope\"}");
        submit("{\"type\":\"nope\"}");

        assertThat(Node.read(operator.get("/v1/cluster"), ClusterDocument.class).advice())
                .contains("2 jobs wait: no worker has a handler for nope");
        assertThat(operator.get("/metrics").body()).contains("muster_jobs_stalled{missing=\"handler\"} 2.0");
        assertThat(list("").items())
                .extracting(JobDocument::waitingFor)
                .containsOnly("no worker has a handler for nope");
    }

    private BulkAnswer bulk(String verb, String body) throws Exception {
        return Node.read(operator.post("/v1/jobs:" + verb, body), BulkAnswer.class);
    }

    private long found(String body) throws Exception {
        return bulk("cancel", body).matched();
    }

    private String refusal(String verb, String body) throws Exception {
        return String.valueOf(
                Node.problem(operator.post("/v1/jobs:" + verb, body)).detail());
    }

    private SubmittedJob submit(String job) throws Exception {
        return Node.read(operator.post("/v1/jobs", job), SubmittedJob.class);
    }

    private JobPage list(String query) throws Exception {
        return Node.read(operator.get("/v1/jobs" + query), JobPage.class);
    }

    private long counts(JobStatus state) throws Exception {
        return Node.read(operator.get("/v1/cluster"), ClusterDocument.class)
                .counts()
                .getOrDefault(state, 0L);
    }
}

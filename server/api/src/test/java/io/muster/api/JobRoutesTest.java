package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.client.JobStatus;
import io.muster.client.SubmittedJob;
import io.muster.client.SubmittedJobs;
import io.muster.encoding.Bytes;
import io.muster.http.Client;
import io.muster.http.RequestBody;
import io.muster.log.Outcome;
import io.muster.wire.Json;
import io.muster.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class JobRoutesTest {
    private static final String NOOP = "{\"type\":\"noop\",\"payload\":{\"n\":1}}";

    @AutoClose
    private final Node node = Node.leading(1);

    private Client operator = node.client(Role.OPERATOR);

    @Test
    void a_page_of_large_jobs_is_short_and_goes_on_behind_its_cursor() throws Exception {
        String large = "p".repeat(WireLimits.MAX_PAYLOAD_BYTES - 2);
        Client operator = node.client(Role.OPERATOR);
        for (int i = 0; i < 12; i++) {
            var answer = operator.post("/v1/jobs", "{\"type\":\"nobody-runs-this\",\"payload\":\"" + large + "\"}");
            assertThat(answer.statusCode()).isEqualTo(201);
        }

        int seen = 0;
        int pages = 0;
        @Nullable String cursor = "";
        while (cursor != null) {
            var answer = operator.get("/v1/jobs?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            var page = Node.read(answer, JobPage.class);
            assertThat((long) answer.body().length())
                    .isLessThan(JobListing.MAX_PAGE_BYTES + 2L * WireLimits.MAX_PAYLOAD_BYTES);
            seen += page.items().size();
            cursor = page.next();
            pages++;
        }

        assertThat(seen).isEqualTo(12);
        assertThat(pages).isGreaterThan(2);
    }

    @Test
    void a_submitted_job_can_be_read_where_its_location_says() throws Exception {
        var answer = operator.post("/v1/jobs", NOOP);

        assertThat(answer.statusCode()).isEqualTo(201);
        var job = Node.read(operator.get(answer.headers().firstValue("Location").orElseThrow()), JobDocument.class);
        assertThat(job.id()).isEqualTo(Node.read(answer, SubmittedJob.class).id());
        assertThat(job.state()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.payload()).isEqualTo(Bytes.utf8("{\"n\":1}"));
        assertThat(job.waitingFor()).contains("no worker");
    }

    @Test
    void a_second_job_with_the_unique_key_of_a_live_one_is_that_one() throws Exception {
        String body = "{\"type\":\"noop\",\"uniqueKey\":\"k\"}";
        var first = Node.read(operator.post("/v1/jobs", body), SubmittedJob.class);

        var second = operator.post("/v1/jobs", body);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Node.read(second, SubmittedJob.class).id()).isEqualTo(first.id());
    }

    @Test
    void repeating_a_request_under_its_idempotency_key_answers_as_the_first_time() throws Exception {
        var keyed = operator.with("Idempotency-Key", "\"order-7\"");
        var first = keyed.post("/v1/jobs", NOOP);

        var again = keyed.post("/v1/jobs", NOOP);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void another_request_under_a_used_idempotency_key_is_refused() throws Exception {
        var keyed = operator.with("Idempotency-Key", "order-7");
        keyed.post("/v1/jobs", NOOP);

        var other = keyed.post("/v1/jobs", "{\"type\":\"sleep\"}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Node.problem(other).type()).isEqualTo("/problems/key-reused");
    }

    @Test
    void a_batch_takes_what_is_acceptable_and_names_what_is_not() throws Exception {
        var answer =
                operator.post("/v1/jobs:batch", "{\"jobs\":[" + NOOP + ",{\"type\":\"NOT A NAME\"}," + NOOP + "]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        List<SubmittedJob> jobs = Node.read(answer, SubmittedJobs.class).jobs();
        assertThat(jobs).extracting(SubmittedJob::status).containsExactly(201, 422, 201);
        assertThat(Json.write(jobs.get(1)).text()).contains("\"pointer\":\"/jobs/1/type\"");
        assertThat(node.cluster.proposed()).hasSize(1);
    }

    @Test
    void a_batch_outside_its_limits_is_refused_whole() throws Exception {
        String tooMany = IntStream.range(0, 1_001).mapToObj(_ -> NOOP).collect(Collectors.joining(","));

        assertThat(operator.post("/v1/jobs:batch", "{\"jobs\":[]}").statusCode())
                .isEqualTo(422);
        assertThat(operator.post("/v1/jobs:batch", "{\"jobs\":[" + tooMany + "]}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void malformed_json_is_refused_with_its_place() throws Exception {
        var answer = operator.post("/v1/jobs", "{\"type\":\"noop\",\n  \"priority\": }");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Node.problem(answer).detail()).contains("line 2, column");
    }

    @Test
    void a_misspelt_field_a_missing_one_and_one_out_of_range_are_refused() throws Exception {
        assertThat(operator.post("/v1/jobs", "{\"type\":\"noop\",\"prioritty\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(operator.post("/v1/jobs", "{}").statusCode()).isEqualTo(400);
        assertThat(operator.post("/v1/jobs", "{\"type\":\"noop\",\"priority\":101}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.post("/v1/jobs", "[]").statusCode()).isEqualTo(400);
        assertThat(operator.post("/v1/jobs", "").statusCode()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_no_json_or_too_large_is_refused() throws Exception {
        assertThat(operator.post("/v1/jobs", "text/plain", NOOP).statusCode()).isEqualTo(415);
        assertThat(operator.post("/v1/jobs", "\"" + "x".repeat(RequestBody.MAX_BYTES) + "\"")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void only_a_live_job_can_be_cancelled() throws Exception {
        String path = "/v1/jobs/"
                + Node.read(operator.post("/v1/jobs", NOOP), SubmittedJob.class).id();

        var cancelled = operator.post(path + ":cancel", "");

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(Node.read(cancelled, JobDocument.class).state()).isEqualTo(JobStatus.CANCELLED);
        assertThat(operator.post(path + ":cancel", "").statusCode()).isEqualTo(409);
        assertThat(operator.post(path + ":retry", "").statusCode()).isEqualTo(409);
        assertThat(operator.post("/v1/jobs/job-zzzzzzzzzzzzz:cancel", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_job_that_never_was_is_not_found() throws Exception {
        assertThat(operator.get("/v1/jobs/job-0000000000000").statusCode()).isEqualTo(404);
        assertThat(operator.get("/v1/jobs/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void pages_of_a_listing_show_every_job_once_also_across_ledger_open_block_and_history() throws Exception {
        node.submitNoops(700);
        for (JobDocument job : all("?state=queued&limit=500").subList(0, 600)) {
            operator.post("/v1/jobs/" + job.id() + ":cancel", "");
        }

        List<JobDocument> listed = all("?limit=97");

        assertThat(listed).hasSize(700);
        assertThat(listed).extracting(JobDocument::id).doesNotHaveDuplicates();
        assertThat(listed.subList(0, 100)).allMatch(job -> job.state() == JobStatus.QUEUED);
        assertThat(listed.subList(100, 700)).allMatch(job -> job.state() == JobStatus.CANCELLED);
        assertThat(listed.subList(100, 700))
                .extracting(job -> job.finishedAt())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void a_job_in_a_closed_history_block_is_found_by_its_id() throws Exception {
        node.submitNoops(600);
        List<JobDocument> jobs = all("?state=queued&limit=500");
        for (JobDocument job : jobs) {
            operator.post("/v1/jobs/" + job.id() + ":cancel", "");
        }

        var oldest = Node.read(operator.get("/v1/jobs/" + jobs.getFirst().id()), JobDocument.class);

        assertThat(node.history.block(1)).isPresent();
        assertThat(oldest.state()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void a_listing_refuses_what_it_does_not_understand() throws Exception {
        for (String query :
                new String[] {"state=done", "limit=0", "limit=501", "limit=x", "cursor=x", "cursor=done-x.1"}) {
            assertThat(operator.get("/v1/jobs?" + query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(operator.get("/v1/jobs?consistency=maybe").statusCode()).isEqualTo(400);
    }

    @Test
    void a_submit_of_unknown_outcome_says_so_and_that_repeating_it_under_its_key_is_safe() throws Exception {
        node.cluster.fate(_ -> CompletableFuture.completedFuture(new Outcome.Unknown("the leader stepped down")));

        var answer = operator.with("Idempotency-Key", "order-7").post("/v1/jobs", NOOP);
        var withoutKey = operator.post("/v1/jobs", NOOP);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        var problem = Node.problem(answer);
        assertThat(problem.type()).isEqualTo("/problems/unknown-outcome");
        assertThat(problem.detail()).contains("may or may not have happened").contains("Idempotency-Key is safe");
        assertThat(withoutKey.body()).contains("look before you repeat it").doesNotContain("is safe");
    }

    @Test
    void a_leader_whose_disk_is_nearly_full_refuses_what_is_new_and_goes_on_with_the_rest() throws Exception {
        var before = Node.read(operator.post("/v1/jobs", NOOP), SubmittedJob.class);
        node.cluster.shortOfDisk("the disk of data has 12 MiB left");

        for (String path : List.of("/v1/jobs", "/v1/jobs:batch", "/v1/audits")) {
            var refused = operator.post(path, NOOP);

            assertThat(refused.statusCode()).as(path).isEqualTo(507);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(Node.problem(refused).type()).isEqualTo("/problems/disk-nearly-full");
            assertThat(Node.problem(refused).detail()).contains("node-1").contains("12 MiB left");
        }
        assertThat(operator.post("/api/command", "{\"command\":{\"a\":1}}").statusCode())
                .isEqualTo(507);
        assertThat(operator.post("/v1/jobs/" + before.id() + ":cancel", "").statusCode())
                .isEqualTo(200);

        node.cluster.withRoom();
        assertThat(operator.post("/v1/jobs", NOOP).statusCode()).isEqualTo(201);
    }

    @Test
    void a_command_that_the_log_has_no_room_for_is_refused_with_when_to_try_again() throws Exception {
        node.cluster.fate(_ -> CompletableFuture.completedFuture(new Outcome.Overloaded(1_500)));

        var answer = operator.post("/v1/jobs", NOOP);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    }

    private List<JobDocument> all(String query) throws Exception {
        var jobs = new ArrayList<JobDocument>();
        @Nullable String cursor = "";
        while (cursor != null) {
            var page = Node.read(operator.get("/v1/jobs" + query + "&cursor=" + cursor), JobPage.class);
            jobs.addAll(page.items());
            cursor = page.next();
        }
        return jobs;
    }
}

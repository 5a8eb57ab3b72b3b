package io.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.FakeServer;
import io.muster.wire.HttpConnections;
import io.muster.wire.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MusterClientTest {
    private static final String ACCEPTED = "{\"status\":201,\"id\":\"job-1\"}";
    private static final String JOB =
            "{\"id\":\"job-1\",\"type\":\"noop\",\"state\":\"cancelled\",\"priority\":50,\"attempt\":0}";
    private static final String AUDIT = "{\"id\":\"audit-1\",\"name\":\"a\",\"state\":\"running\",\"sample\":1.0,"
            + "\"candidates\":0,\"chosen\":0,\"finished\":0,\"failed\":0,\"submittedAt\":\"2026-01-01T00:00:00Z\"}";
    private static final String NEW_KEY =
            "{\"secret\":\"s\",\"key\":{\"id\":\"k1\",\"name\":\"ada\",\"role\":\"viewer\","
                    + "\"status\":\"usable\",\"createdAt\":\"2026-01-01T00:00:00Z\"}}";
    private static final BulkRequest ALL_JOBS =
            new BulkRequest(null, null, null, Map.of(), null, null, true, null, null, null);
    private static final SubmitJob NOOP = SubmitJob.of("noop", Bytes.utf8("{}"));

    private final HttpConnections transport = new HttpConnections();
    private final FakeServer first;
    private final FakeServer second;

    @TempDir
    Path folder;

    MusterClientTest() throws IOException {
        first = new FakeServer();
        second = new FakeServer();
    }

    @AfterEach
    void close() {
        transport.close();
        first.close();
        second.close();
    }

    @Test
    void a_key_that_no_header_carries_is_refused_before_it_is_sent() {
        assertThatThrownBy(() -> client(Duration.ofSeconds(30)).under("schl\u00fcssel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ASCII");
    }

    @Test
    void a_job_is_submitted_under_a_key_of_its_own() throws Exception {
        first.answers(201, ACCEPTED).answers(201, ACCEPTED);
        MusterClient client = client(Duration.ofSeconds(30));

        SubmittedJob job = client.submit(NOOP);
        client.submit(NOOP);

        assertThat(job).isEqualTo(SubmittedJob.accepted("job-1"));
        assertThat(first.asked().getFirst().authorization()).isEqualTo("Bearer s3cret");
        assertThat(first.asked().getFirst().body()).contains("\"type\":\"noop\"");
        assertThat(first.asked().get(0).idempotencyKey())
                .isNotEmpty()
                .isNotEqualTo(first.asked().get(1).idempotencyKey());
    }

    @Test
    void a_submit_whose_answer_was_lost_is_repeated_under_the_same_key() throws Exception {
        first.breaksOff();
        second.problem(503, "unknown-outcome");
        first.answers(200, ACCEPTED);

        client(Duration.ofSeconds(30)).submit(NOOP);

        String key = first.asked().getFirst().idempotencyKey();
        assertThat(key).isNotEmpty();
        assertThat(second.asked().getFirst().idempotencyKey()).isEqualTo(key);
        assertThat(first.asked().getLast().idempotencyKey()).isEqualTo(key);
    }

    @Test
    void every_write_whose_answer_was_lost_is_repeated_under_its_own_key() throws Exception {
        MusterClient client = client(Duration.ofSeconds(30));
        var writes = new LinkedHashMap<Write, String>();
        writes.put(() -> client.submit(NOOP), ACCEPTED);
        writes.put(() -> client.submitAll(List.of(NOOP)), "{\"jobs\":[" + ACCEPTED + "]}");
        writes.put(() -> client.cancel("job-1"), JOB);
        writes.put(() -> client.retry("job-1"), JOB);
        writes.put(() -> client.purge("job-1"), JOB);
        writes.put(
                () -> client.bulk(BulkVerb.PURGE, ALL_JOBS),
                "{\"dryRun\":false,\"matched\":0,\"changed\":0,\"skipped\":0}");
        writes.put(() -> client.startAudit(new AuditRequest("a", List.of(), null, null, null, List.of())), AUDIT);
        writes.put(() -> client.cancelAudit("audit-1"), AUDIT);
        writes.put(() -> client.createKey(new KeyRequest("ada", "viewer", null)), NEW_KEY);
        writes.put(() -> client.revokeKey("k1"), "");
        writes.put(() -> client.write("/api/command", Bytes.utf8("{}")), "{}");

        for (var write : writes.entrySet()) {
            first.problem(503, "unknown-outcome").answers(200, write.getValue());
            second.breaksOff();
            write.getKey().make();
        }

        assertThat(second.asked()).hasSameSizeAs(writes.keySet());
        assertThat(second.asked())
                .extracting(FakeServer.Asked::idempotencyKey)
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(first.asked())
                .extracting(FakeServer.Asked::idempotencyKey)
                .containsExactlyElementsOf(second.asked().stream()
                        .flatMap(asked -> Stream.of(asked.idempotencyKey(), asked.idempotencyKey()))
                        .toList());
    }

    /// A write of any kind.
    private interface Write {
        void make() throws InterruptedException;
    }

    @Test
    void a_write_that_was_certainly_not_done_is_tried_at_the_next_server() throws Exception {
        first.problem(503, "no-leader");
        second.answers(200, JOB);

        JobDocument job = client(Duration.ofSeconds(30)).cancel("job-1");

        assertThat(job.state()).isEqualTo(JobStatus.CANCELLED);
        assertThat(second.asked().getFirst().path()).isEqualTo("/v1/jobs/job-1:cancel");
    }

    @Test
    void a_server_that_is_gone_is_left_for_the_next_which_is_then_preferred() throws Exception {
        first.close();
        second.answers(201, ACCEPTED).answers(201, ACCEPTED);
        MusterClient client = client(Duration.ofSeconds(30));

        client.submit(NOOP);
        client.submit(NOOP);

        assertThat(second.asked()).hasSize(2);
    }

    @Test
    void the_next_write_goes_to_the_leader_that_an_answer_named_and_reads_stay() throws Exception {
        first.passesOn(second.address(), 201, ACCEPTED).answers(200, JOB);
        second.answers(201, ACCEPTED);
        MusterClient client = client(Duration.ofSeconds(30));

        client.submit(NOOP);
        client.submit(NOOP);
        client.job("job-1");

        assertThat(second.asked()).extracting(FakeServer.Asked::method).containsExactly("POST");
        assertThat(first.asked()).extracting(FakeServer.Asked::method).containsExactly("POST", "GET");
    }

    @Test
    void a_leader_at_an_address_that_the_client_was_not_given_is_not_believed() throws Exception {
        first.passesOn("http://127.0.0.1:1", 201, ACCEPTED).answers(201, ACCEPTED);
        MusterClient client = client(Duration.ofSeconds(30));

        client.submit(NOOP);
        client.submit(NOOP);

        assertThat(first.asked()).hasSize(2);
    }

    @Test
    void too_much_load_is_waited_for() throws Exception {
        first.problem(429, "overloaded");
        second.answers(201, ACCEPTED);

        assertThat(client(Duration.ofSeconds(30)).submit(NOOP).id()).isEqualTo("job-1");
    }

    @Test
    void a_refusal_is_not_tried_again() {
        first.problem(422, "invalid");

        assertThatThrownBy(() -> client(Duration.ofSeconds(30)).submit(NOOP))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo("/problems/invalid"))
                .hasMessage("POST /v1/jobs: D");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void a_servers_fault_is_told_as_such() {
        first.answers(500, "<html>oh dear</html>");

        assertThatThrownBy(() -> client(Duration.ofSeconds(30)).cluster())
                .isInstanceOf(BrokenException.class)
                .hasMessageContaining("oh dear");
    }

    @Test
    void an_answer_that_cannot_be_read_is_a_fault() {
        first.answers(200, "{\"id\":7");

        assertThatThrownBy(() -> client(Duration.ofSeconds(30)).job("job-1")).isInstanceOf(BrokenException.class);
    }

    @Test
    void patience_ends_with_what_is_known() {
        first.close();
        second.close();

        assertThatThrownBy(() -> client(Duration.ZERO).submit(NOOP)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void a_submit_that_was_never_answered_is_unknown_even_when_its_last_try_was_not_done() throws Exception {
        first.breaksOff();
        second.close();
        MusterClient client = new MusterClient(
                new ClientConfig(List.of(first.address(), second.address()), Duration.ofMillis(500)), key(), transport);

        assertThatThrownBy(() -> client.submit(NOOP)).isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void a_refused_try_is_told_apart_from_the_one_that_was_left_without_an_answer() {
        first.breaksOff();
        second.problem(503, "no-leader");
        first.breaksOff();

        assertThatThrownBy(() -> client(Duration.ofMillis(300)).submit(NOOP))
                .isInstanceOfSatisfying(
                        UnknownOutcomeException.class,
                        unknown -> assertThat(unknown.problem().detail())
                                .startsWith("one try was left without an answer, and of another one"));
    }

    @Test
    void what_is_told_at_the_end_is_what_a_server_said_last_not_the_silence_after() {
        first.problem(503, "no-leader");
        second.breaksOff();
        first.breaksOff();

        assertThatThrownBy(() -> client(Duration.ofMillis(600)).job("job-1"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        e -> assertThat(e.problem().type()).isEqualTo("/problems/no-leader"));
    }

    @Test
    void an_unknown_outcome_names_the_key_under_which_it_may_be_repeated() {
        first.breaksOff();
        second.close();

        assertThatThrownBy(() -> client(Duration.ofMillis(500)).under("k-1").cancel("job-1"))
                .isInstanceOfSatisfying(
                        UnknownOutcomeException.class,
                        unknown -> assertThat(unknown.idempotencyKey()).isEqualTo("k-1"));
        assertThat(first.asked().getFirst().idempotencyKey()).isEqualTo("k-1");
    }

    @Test
    void a_write_asks_its_server_to_answer_before_the_patience_ends() throws Exception {
        first.answers(201, ACCEPTED);

        client(Duration.ofSeconds(4)).submit(NOOP);

        assertThat(first.asked().getFirst().prefer()).isEqualTo("wait=3");
    }

    @Test
    void a_caller_that_waits_hears_of_the_last_refusal_and_of_the_end() throws Exception {
        first.problem(503, "no-leader");
        second.answers(201, ACCEPTED);
        List<String> heard = new ArrayList<>();
        var config = new ClientConfig(List.of(first.address(), second.address()), Duration.ofSeconds(30));

        new MusterClient(config, key(), transport, new CallWatch() {
                    @Override
                    public void begins(String call) {
                        heard.add(call);
                    }

                    @Override
                    public void waits(Problem lastSaid) {
                        heard.add(lastSaid.type());
                    }

                    @Override
                    public void ends() {
                        heard.add("over");
                    }
                })
                .submit(NOOP);

        assertThat(heard).containsExactly("POST /v1/jobs", "/problems/no-leader", "over");
    }

    @Test
    void a_listing_says_what_it_wants() throws Exception {
        first.answers(200, "{\"items\":[],\"next\":\"c2\"}");

        JobPage page = client(Duration.ofSeconds(30))
                .jobs(JobQuery.ALL
                        .in(Set.of(JobStatus.DEAD, JobStatus.QUEUED))
                        .ofType("a b")
                        .withLimit(7)
                        .after("c1"));

        assertThat(page.next()).isEqualTo("c2");
        assertThat(first.asked().getFirst().path()).isEqualTo("/v1/jobs?limit=7&state=queued,dead&type=a+b&cursor=c1");
    }

    @Test
    void events_are_read_on_at_the_next_server_behind_the_last_one_seen() throws Exception {
        first.streams("retry: 1000\n\n: still here\n\n" + event("1-7.0") + event("1-7.1"));
        second.streams("event: reset\ndata: {}\n\n" + event("1-9.0") + event("1-9.1"));
        List<String> heard = new ArrayList<>();

        client(Duration.ofSeconds(30)).events().read("1-6.0", new EventReader.Listener() {
            @Override
            public EventReader.Continuation happened(EventDocument event) {
                heard.add(event.id());
                return heard.size() == 4 ? EventReader.Continuation.ENOUGH : EventReader.Continuation.MORE;
            }

            @Override
            public void missed() {
                heard.add("gap");
            }
        });

        assertThat(heard).containsExactly("1-7.0", "1-7.1", "gap", "1-9.0");
        assertThat(first.asked().getFirst().lastEventId()).isEqualTo("1-6.0");
        assertThat(second.asked().getFirst().lastEventId()).isEqualTo("1-7.1");
    }

    @Test
    @Timeout(60)
    void a_server_that_freezes_in_the_middle_of_its_answer_is_given_up() {
        first.freezes("application/json");
        var alone = new ClientConfig(List.of(first.address()), Duration.ofMillis(10));

        assertThatThrownBy(() -> new MusterClient(alone, ApiKey.of("s3cret"), transport).submit(NOOP))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    @Timeout(60)
    void events_of_a_server_that_fell_silent_are_read_on_at_the_next() throws Exception {
        first.freezes("text/event-stream");
        second.streams(event("1-7.0"));
        var config = new ClientConfig(List.of(first.address(), second.address()), Duration.ofSeconds(30));
        var reader = new EventReader(config, ApiKey.of("s3cret"), transport, Duration.ofMillis(200));

        reader.read("", _ -> EventReader.Continuation.ENOUGH);

        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void events_that_may_not_be_read_are_refused() {
        first.problem(403, "not-allowed");

        assertThatThrownBy(() -> client(Duration.ofSeconds(30)).events().read("", _ -> EventReader.Continuation.MORE))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void a_key_is_read_from_its_file() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "s3cret\n");

        assertThat(ApiKey.read(file).authorization()).isEqualTo("Bearer s3cret");
    }

    @Test
    void a_key_never_shows_in_a_log_line() {
        assertThat(ApiKey.of("s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void a_file_that_holds_no_key_is_not_shown() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "not a key\n");

        assertThatThrownBy(() -> ApiKey.read(file))
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("not a key");
    }

    private static String event(String id) {
        return "id: " + id + "\nevent: job.started\ndata: {\"id\":\"" + id
                + "\",\"type\":\"job.started\",\"at\":\"2026-11-20T22:00:00Z\"}\n\n";
    }

    private static ApiKey key() {
        return ApiKey.of("s3cret");
    }

    private MusterClient client(Duration patience) {
        return new MusterClient(
                new ClientConfig(List.of(first.address(), second.address()), patience), key(), transport);
    }
}

package io.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void a_job_to_submit_needs_only_its_type() {
        SubmitJob job = Json.readStrictly(Bytes.utf8("{\"type\":\"noop\"}"), SubmitJob.class);

        assertThat(job).isEqualTo(SubmitJob.of("noop", Bytes.utf8("{}")));
    }

    @Test
    void a_payload_is_kept_byte_for_byte() {
        Bytes json = Bytes.utf8("""
                {"jobs":[{"payload": {"b" : 1.50,
                  "a":[ ]} ,"type":"noop"},{"type":"noop","payload":"x" }]}""");

        SubmitJobs batch = Json.readStrictly(json, SubmitJobs.class);

        assertThat(batch.jobs().get(0).payload().text()).isEqualTo("{\"b\" : 1.50,\n  \"a\":[ ]}");
        assertThat(batch.jobs().get(1).payload().text()).isEqualTo("\"x\"");
    }

    @Test
    void what_is_absent_is_left_out() {
        Bytes json = Json.write(new SubmitJob(
                "sleep", Bytes.utf8("{\"millis\":5}"), null, null, Map.of(), null, null, null, "k", null));

        assertThat(json.text())
                .isEqualTo("{\"type\":\"sleep\",\"payload\":{\"millis\":5},\"requires\":{}," + "\"uniqueKey\":\"k\"}");
    }

    @Test
    void a_job_is_shown_as_published() {
        JobDocument job = new JobDocument(
                "job-0000000001g00",
                "audit",
                "default",
                50,
                JobStatus.SUCCEEDED,
                2,
                "w1",
                "0000000000000003-00000000002a-000000",
                Instant.parse("2026-11-20T22:00:00.000001Z"),
                null,
                Instant.parse("2026-11-20T22:00:01Z"),
                Instant.parse("2026-11-20T22:00:02Z"),
                null,
                Bytes.utf8("{\"findings\": []}"),
                null,
                null,
                null,
                null,
                Map.of("zone", "b", "arch", "arm"),
                "nightly",
                null);

        Bytes json = Json.write(new JobPage(List.of(job), "b2s"));

        Golden.check("job-page.json", json.text());
        assertThat(Json.read(json, JobPage.class)).isEqualTo(new JobPage(List.of(job), "b2s"));
    }

    @Test
    void counts_are_named_by_state_in_lower_case() {
        ClusterDocument cluster = new ClusterDocument(
                "shop",
                "1",
                "n1",
                null,
                0,
                0,
                1,
                List.of(),
                List.of(),
                List.of(),
                Map.of(JobStatus.QUEUED, 3L, JobStatus.CLAIMED, 1L),
                List.of());

        Bytes json = Json.write(cluster);

        assertThat(json.text()).contains("\"counts\":{\"queued\":3,\"claimed\":1}");
        assertThat(Json.read(json, ClusterDocument.class)).isEqualTo(cluster);
    }

    @Test
    void a_problem_is_rfc_9457() {
        Problem problem = new Problem(
                "/problems/invalid",
                "Invalid request",
                400,
                "a job needs a type",
                "/v1/jobs",
                List.of(new Problem.FieldError("/type", "is missing")),
                "abc");

        Bytes json = Json.write(problem);

        Golden.check("problem.json", json.text());
        assertThat(Json.read(json, Problem.class)).isEqualTo(problem);
    }

    @Test
    void a_mistyped_field_is_ignored_in_an_answer() {
        Bytes json = Bytes.utf8("{\"jobs\":[{\"type\":\"noop\",\"prioritee\":3}]}");

        assertThat(Json.read(json, SubmitJobs.class).jobs()).hasSize(1);
    }

    @Test
    void a_mistyped_field_is_refused_in_a_request() {
        Bytes json = Bytes.utf8("{\"jobs\":[{\"type\":\"noop\",\"prioritee\":3}]}");

        assertThatThrownBy(() -> Json.readStrictly(json, SubmitJobs.class))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/jobs/0/prioritee"));
    }

    @Test
    void a_missing_field_is_named() {
        assertThatThrownBy(() -> Json.readStrictly(Bytes.utf8("{\"jobs\":[{\"queue\":\"q\"}]}"), SubmitJobs.class))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/jobs/0"))
                .hasMessage("'type' is missing");
    }

    @Test
    void whatever_is_no_json_value_is_refused() {
        for (String text : List.of("", " ", "{", "{} {}", "nul", "{\"a\":}", "[1,]", "\"open")) {
            assertThatThrownBy(() -> Json.checked(Bytes.utf8(text))).isInstanceOf(MalformedJsonException.class);
            assertThatThrownBy(() -> Json.read(Bytes.utf8(text), Problem.class))
                    .isInstanceOf(MalformedJsonException.class);
        }
        assertThat(Json.checked(Bytes.utf8(" {\"a\":[1]} ")).text()).isEqualTo(" {\"a\":[1]} ");
    }

    @Test
    void no_fault_is_told_in_words_of_the_parser_or_of_java() {
        var foreign = java.util.regex.Pattern.compile(
                "(java|tools|io|com)\\.[a-z]+|Jackson|StreamRead|token|REDACTED|deserial|\\bclass\\b"
                        + "|`|code \\d|line -");
        for (String text : List.of(
                "",
                "{",
                "[1,]",
                "nul",
                "{bad",
                "{\"type\":}",
                "{\"type\":7,\"priority\":{}}",
                "{\"type\":\"a\",\"priority\":\"high\"}",
                "{\"type\":\"a\",\"priority\":99999999999999}",
                "{\"type\":\"a\",\"priority\":1e999}",
                "{\"type\":\"a\",\"requires\":[]}",
                "{\"type\":\"a\",\"prio\":1}",
                "{\"type\":\"a\",\"delayMillis\":true}",
                "{\"type\":\"a\"} {}",
                "[]",
                "\"text\"",
                "7",
                "null",
                "{\"queue\":\"q\"}",
                "{\"type\":\"\u0001\"}",
                "[".repeat(300))) {
            assertThatThrownBy(() -> Json.readStrictly(Bytes.utf8(text), SubmitJob.class))
                    .as(text)
                    .isInstanceOfSatisfying(
                            MalformedJsonException.class,
                            e -> assertThat(e.getMessage()).doesNotContainPattern(foreign));
        }
    }

    @Test
    void an_unknown_field_is_named_beside_those_there_are() {
        assertThatThrownBy(() -> Json.readStrictly(Bytes.utf8("{\"jobs\":[],\"jobbs\":[]}"), SubmitJobs.class))
                .hasMessage("there is no field 'jobbs' here; the fields are jobs");
    }

    @Test
    void a_new_key_can_be_logged_without_its_secret() {
        NewKey key =
                new NewKey(new KeyDocument("k1", "ci", "operator", null, "usable", Instant.EPOCH), "mst_k1.s3cr3t");

        assertThat(key.toString()).doesNotContain("s3cr3t");
        assertThat(Json.read(Json.write(key), NewKey.class)).isEqualTo(key);
    }
}

package io.muster.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeCodecTest {
    private static final AttemptId FIRST = new AttemptId("job-0000000001g00", 1);
    private static final AttemptId SECOND = new AttemptId("job-0000000001g01", 2);
    private static final LeaderHint LEADER = new LeaderHint("n1", "http://127.0.0.1:8101");

    @Test
    void a_request_is_the_published_json() {
        ExchangeRequest request = new ExchangeRequest(
                "w1",
                0x00ab_cdef_0123_4567L,
                7,
                4,
                Map.of("zone", "b", "advisories", "0123456789ab"),
                List.of("audit", "noop"),
                true,
                List.of(new HeldRun(FIRST, Bytes.utf8("{\"at\": 3}")), new HeldRun(SECOND)),
                List.of(
                        new RunResult(new AttemptId("job-a", 1), new RunOutcome.Succeeded(Bytes.utf8("[1,  2.50]"))),
                        new RunResult(new AttemptId("job-b", 3), new RunOutcome.Failed("no route \"home\"", false)),
                        new RunResult(
                                new AttemptId("job-c", 1),
                                new RunOutcome.Released("draining"),
                                Bytes.utf8("{\"at\":9}"))));

        Bytes json = ExchangeCodec.encode(request);

        Golden.check("exchange-request.json", json.text());
        assertThat(ExchangeCodec.decodeRequest(json)).isEqualTo(request);
    }

    @Test
    void a_result_over_the_limit_ends_its_attempt_alone() {
        String large = "\"" + "x".repeat(WireLimits.MAX_RESULT_BYTES) + "\"";
        Bytes json = Bytes.utf8("{\"protocol\":1,\"worker\":\"w1\",\"incarnation\":\"000000000000000a\",\"sequence\":1,"
                + "\"slots\":1,\"held\":[{\"job\":\"job-c\",\"attempt\":1,\"checkpoint\":" + large + "}],\"results\":["
                + "{\"job\":\"job-a\",\"attempt\":1,\"outcome\":\"succeeded\",\"result\":" + large + "},"
                + "{\"job\":\"job-b\",\"attempt\":2,\"outcome\":\"succeeded\",\"result\":1}]}");

        ExchangeRequest request = ExchangeCodec.decodeRequest(json);

        assertThat(request.results().getFirst().outcome()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.error()).contains("over the limit of 65536", "upload it");
            assertThat(failed.retryable()).isFalse();
        });
        assertThat(request.results().getLast().outcome()).isEqualTo(new RunOutcome.Succeeded(Bytes.utf8("1")));
        assertThat(request.held().getFirst().checkpoint()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void a_reply_is_the_published_json() {
        ExchangeReply reply = new ExchangeReply(
                7,
                List.of(FIRST),
                List.of(
                        ClaimedRun.of(SECOND, "0000000000000003-00000000002a-000000", "noop", Bytes.utf8("null")),
                        new ClaimedRun(
                                new AttemptId("job-d", 2),
                                "0000000000000003-00000000002b-000001",
                                "audit",
                                Bytes.utf8("{ \"purl\" : \"pkg:npm/left-pad@1.3.0\" }"),
                                30_000,
                                Instant.parse("2026-11-20T22:00:00.123456Z"),
                                Bytes.utf8("17"))),
                List.of(new DroppedRun(new AttemptId("job-e", 1), "cancelled")),
                3_000,
                LEADER,
                3,
                43);

        Bytes json = ExchangeCodec.encode(reply);

        Golden.check("exchange-reply.json", json.text());
        assertThat(ExchangeCodec.decodeAnswer(json)).isEqualTo(reply);
    }

    @Test
    void answers_that_are_no_reply_are_the_published_json() {
        ExchangeRefusal refusal = new ExchangeRefusal(8, "not the leader", 20, LEADER);
        ExchangeRefusal helpless = new ExchangeRefusal(8, "no leader", 50, null);
        ExchangeEnd end = new ExchangeEnd(9, "w1 has joined again as 00000000000000ff");

        String json = ExchangeCodec.encode(refusal).text() + "\n"
                + ExchangeCodec.encode(helpless).text() + "\n"
                + ExchangeCodec.encode(end).text();

        Golden.check("exchange-refusals.json", json);
        assertThat(ExchangeCodec.decodeAnswer(ExchangeCodec.encode(refusal))).isEqualTo(refusal);
        assertThat(ExchangeCodec.decodeAnswer(ExchangeCodec.encode(helpless))).isEqualTo(helpless);
        assertThat(ExchangeCodec.decodeAnswer(ExchangeCodec.encode(end))).isEqualTo(end);
    }

    @Test
    void payloads_pass_byte_for_byte() {
        List<String> payloads = List.of(
                "0",
                "-1.50e+03",
                "\"\"",
                "\"\\u00e4 ä 😀 \\\" ]}\"",
                "true",
                "null",
                "[]",
                "{ }",
                "{\"a\" :[1 , {\"b\":\"}\"}]\n}",
                "123456789012345678901234567890");

        for (String payload : payloads) {
            Bytes json = Bytes.utf8("{\"sequence\":1,\"claims\":[{\"payload\" : " + payload
                    + " ,\"job\":\"j\",\"attempt\":1,\"fence\":\"f\",\"type\":\"t\",\"lastCheckpoint\":" + payload
                    + "}],\"leader\":{\"node\":\"n\",\"apiAddress\":\"a\"}}");

            ExchangeReply reply = (ExchangeReply) ExchangeCodec.decodeAnswer(json);

            assertThat(reply.claims().getFirst().payload().text()).isEqualTo(payload);
            assertThat(reply.claims().getFirst().lastCheckpoint().text()).isEqualTo(payload);
        }
    }

    @Test
    void fields_of_a_newer_version_are_skipped() {
        Bytes json = Bytes.utf8("""
                {"new":[{"deep":[1]}],"protocol":1,"worker":"w","incarnation":"00000000000000ff","sequence":1,
                 "slots":1,"held":[{"mood":{"good":true},"job":"j","attempt":1}]}""");

        ExchangeRequest request = ExchangeCodec.decodeRequest(json);

        assertThat(request.held()).containsExactly(new HeldRun(new AttemptId("j", 1)));
        assertThat(request.incarnation()).isEqualTo(255);
    }

    @Test
    void a_malformed_request_is_refused_with_the_place_of_the_fault() {
        String start = "{\"protocol\":1,\"worker\":\"w\",\"incarnation\":\"00000000000000ff\",";

        refused("", "", "an object");
        refused("[]", "", "an object");
        refused("{\"protocol\":2}", "", "protocol 1");
        refused("{\"protocol\":1}", "", "'worker' is missing");
        refused(start + "\"slots\":9999}", "", "0 to 1024");
        refused(start + "\"slots\":\"4\"}", "/slots", "a whole number");
        refused(start + "\"held\":[{\"job\":\"j\",\"attempt\":0}]}", "/held/0", "count from 1");
        refused(start + "\"results\":[{\"job\":\"j\",\"attempt\":1,\"outcome\":\"fine\"}]}", "/results/0", "'fine'");
        refused(start + "\"slots\":1} {}", "", "more after it");
        refused(start, "", "ends too early");
    }

    @Test
    void nesting_beyond_the_limit_is_refused_before_it_costs_a_stack() {
        String deep = "[".repeat(WireLimits.MAX_NESTING + 1);

        refused("{\"new\":" + deep, "", "nested deeper");
    }

    private static void refused(String json, String pointer, String message) {
        assertThatThrownBy(() -> ExchangeCodec.decodeRequest(Bytes.utf8(json)))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.pointer()).startsWith(pointer))
                .hasMessageContaining(message);
    }
}

package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.audits.AuditPayload;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a submitter is told of a payload that is not what its type takes.
final class PayloadReadingTest {
    private record Wanted(int count, List<String> names) {}

    @Test
    void what_the_state_writes_into_an_audit_job_is_what_the_handler_reads() {
        var request = new StartAudit("", "ab".repeat(32), Share.of(1), 250, List.of("pkg:npm/left-pad@1.3.0"));

        var reading = PayloadReading.of(AuditPayload.json(request, "pkg:npm/left-pad@1.3.0"), AuditPayload.class);

        assertThat(reading)
                .isEqualTo(new PayloadReading.Read<>(
                        new AuditPayload("pkg:npm/left-pad@1.3.0", null, null, null, "ab".repeat(32), 250)));
    }

    @Test
    void an_unreadable_payload_is_told_by_place_in_words_of_our_own() {
        for (var each : Map.of(
                        "{\"count\":1,\"cuont\":2}",
                                "/cuont: there is no field 'cuont' here; the fields are count, names",
                        "{\"count\":\"x\"}", "/count: line 1, column 10: expected a whole number, found 'x'",
                        "{\"names\":[{}]}", "/names/0: line 1, column 11: expected a string",
                        "{\"count\":", "line 1, column 10: this is no JSON: it ends too early",
                        "{count:1}", "line 1, column 2: this is no JSON: 'c' is not expected here",
                        "7", "line 1, column 1: expected an object",
                        "{} {}", "line 1, column 4: expected one JSON value, found more after it")
                .entrySet()) {
            var reading = PayloadReading.of(Bytes.utf8(each.getKey()), Wanted.class);
            assertThat(reading).isEqualTo(new PayloadReading.Unreadable<Wanted>(each.getValue()));
        }
    }
}

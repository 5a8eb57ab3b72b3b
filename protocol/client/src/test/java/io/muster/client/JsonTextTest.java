package io.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a caller sends is read in one way by everybody, or by nobody.
final class JsonTextTest {
    private static final String ESCAPE = "\\u";

    @Test
    void text_in_another_encoding_is_refused_whatever_it_holds() {
        for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-32LE")) {
            byte[] sent = "{\"type\":\"noop\",\"payload\":{\"a\":1}}".getBytes(Charset.forName(encoding));

            refused(sent, "JSON is sent in UTF-8");
        }
        refused("\uFEFF{\"type\":\"noop\"}".getBytes(StandardCharsets.UTF_8), "byte order mark");
    }

    @Test
    void bytes_that_are_no_characters_are_refused_in_payloads_too() {
        for (String bytes : List.of(
                "c0af", "c1bf", "e08080", "eda080", "edbfbf", "f0808080", "f4908080", "f8888080", "ff", "80", "e282")) {
            String around =
                    HexFormat.of().formatHex("{\"type\":\"noop\",\"payload\":\"".getBytes(StandardCharsets.UTF_8));
            String end = HexFormat.of().formatHex("\"}".getBytes(StandardCharsets.UTF_8));

            refused(HexFormat.of().parseHex(around + bytes + end), "begins no character of UTF-8");
        }
    }

    @Test
    void half_a_character_is_refused() {
        refused(payload(ESCAPE + "d800"), "half of a character");
        refused(payload(ESCAPE + "dc00"), "half of a character");
        refused(payload(ESCAPE + "d800" + ESCAPE + "0041"), "half of a character");
        refused(payload(ESCAPE + "D83Dx"), "half of a character");
    }

    @Test
    void a_whole_character_is_taken() {
        for (String fine :
                List.of(ESCAPE + "d83d" + ESCAPE + "de00", "\\" + ESCAPE + "d800", "\\\"", "é€😀", ESCAPE + "0000")) {
            assertThat(read(payload(fine)).payload().text()).contains(fine);
        }
    }

    @Test
    void a_name_that_stands_twice_is_refused_at_any_depth() {
        refused("{\"type\":\"noop\",\"type\":\"sleep\"}", "'type' stands twice");
        refused("{\"type\":\"noop\",\"payload\":{\"a\":1,\"a\":2}}", "'a' stands twice");
    }

    @Test
    void a_value_of_another_kind_is_not_taken_for_the_one_that_was_meant() {
        refused("{\"type\":\"noop\",\"priority\":1.5}", "expected a whole number");
        refused("{\"type\":\"noop\",\"priority\":\"5\"}", "expected a whole number");
        refused("{\"type\":\"noop\",\"priority\":true}", "expected a whole number");
        refused("{\"type\":\"noop\",\"priority\":\"\"}", "expected a whole number");
        refused("{\"type\":5}", "expected a string");
        refused("{\"type\":true}", "expected a string");
        refused("{\"type\":\"noop\",\"delayMillis\":1e3}", "expected a whole number");
        refused("{\"type\":\"noop\",\"requires\":{\"a\":null}}", "'a' is null");
        refused("{\"type\":\"noop\",\"requires\":{\"a\":5}}", "expected a string");
        refused("{\"type\":\"noop\",\"uniqueKey\":\"a" + ESCAPE + "0000b\"}", "U+0000");
    }

    @Test
    void a_list_with_a_hole_is_refused() {
        assertThatThrownBy(() -> Json.readStrictly(Bytes.utf8("{\"jobs\":[null]}"), SubmitJobs.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("null");
        assertThatThrownBy(
                        () -> Json.readStrictly(Bytes.utf8("{\"name\":\"a\",\"packages\":[null]}"), AuditRequest.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("null");
    }

    @Test
    void an_exchange_is_held_to_the_same() {
        String head = "{\"protocol\":1,\"worker\":\"w1\",\"incarnation\":\"00000000000000ff\",\"sequence\":1,";
        for (String rest : List.of(
                "\"slots\":1,\"slots\":2}",
                "\"slots\":1,\"handlers\":[\"" + ESCAPE + "d800\"]}",
                "\"slots\":\"1\"}",
                "\"slots\":1.0}",
                "\"slots\":1,\"handlers\":[null]}",
                "\"slots\":1,\"labels\":{\"a\":null}}")) {
            assertThatThrownBy(() -> ExchangeCodec.decodeRequest(Bytes.utf8(head + rest)))
                    .as(rest)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    private static byte[] payload(String content) {
        return ("{\"type\":\"noop\",\"payload\":\"" + content + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static SubmitJob read(byte[] json) {
        return Json.readStrictly(Bytes.wrap(json), SubmitJob.class);
    }

    private static void refused(String json, String why) {
        refused(json.getBytes(StandardCharsets.UTF_8), why);
    }

    private static void refused(byte[] json, String why) {
        assertThatThrownBy(() -> read(json))
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("java")
                .hasMessageNotContaining("jackson");
    }
}

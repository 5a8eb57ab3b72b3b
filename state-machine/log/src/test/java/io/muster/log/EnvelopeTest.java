package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
    private static final Envelope SUBMIT = new Envelope(0x0301, 1, "ops", "00-aa-bb-01", "key-1", Bytes.utf8("{}"));

    /// The golden form: a change here is a change of a stored format and needs a new format byte.
    private static final String GOLDEN =
            "01" + "0301" + "01" + "036f7073" + "0b30302d61612d62622d3031" + "056b65792d31" + "027b7d";

    @Test
    void the_stored_form_of_an_envelope_never_changes() {
        assertThat(HexFormat.of().formatHex(SUBMIT.encode())).isEqualTo(GOLDEN);
        assertThat(Envelope.decode(BinaryReader.over(HexFormat.of().parseHex(GOLDEN))))
                .isEqualTo(SUBMIT);
    }

    @Test
    void a_command_travels_under_the_number_and_the_version_of_its_own_kind() {
        record Second(Bytes encode) implements LogCommand {
            @Override
            public CommandKind<Second> kind() {
                return new CommandKind<>(0x0901, "trials.second", 2, 1, (body, _) -> new Second(body.bytes(9)));
            }
        }

        var envelope = Envelope.of(new Second(Bytes.utf8("body")), new Asker("ops", "trace", "key-1"));

        assertThat(envelope).isEqualTo(new Envelope(0x0901, 2, "ops", "trace", "key-1", Bytes.utf8("body")));
    }

    @Test
    void an_envelope_of_an_unknown_format_is_refused() {
        byte[] bytes = SUBMIT.encode();
        bytes[0] = 9;

        assertThatThrownBy(() -> Envelope.decode(BinaryReader.over(bytes)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void what_could_not_be_read_back_cannot_be_said() {
        String most = "é".repeat(Envelope.MAX_NAME_BYTES / 2);
        var largest = new Envelope(0xFFFF, 0xFF, most, most, most, Bytes.wrap(new byte[Envelope.MAX_BODY_BYTES]));

        assertThat(Envelope.decode(BinaryReader.over(largest.encode()))).isEqualTo(largest);
        assertThat(largest.encode().length).isLessThanOrEqualTo(Entries.MAX_ENTRY_BYTES);
        assertThatThrownBy(() -> new Envelope(1, 1, most + "x", "", "", Bytes.EMPTY))
                .hasMessageContaining("the principal of a command is over the limit of 256 bytes");
        assertThatThrownBy(() -> new Envelope(1, 1, "", most + "x", "", Bytes.EMPTY))
                .hasMessageContaining("the trace");
        assertThatThrownBy(() -> new Envelope(1, 1, "", "", most + "x", Bytes.EMPTY))
                .hasMessageContaining("the idempotency key");
        assertThatThrownBy(() -> new Envelope(1, 1, "", "", "", Bytes.wrap(new byte[Envelope.MAX_BODY_BYTES + 1])))
                .hasMessageContaining("split it");
        assertThatThrownBy(() -> new Envelope(0x1_0000, 1, "", "", "", Bytes.EMPTY))
                .hasMessageContaining("kind 65536");
        assertThatThrownBy(() -> new Envelope(1, 0, "", "", "", Bytes.EMPTY)).hasMessageContaining("version 0");
    }

    @Test
    void entries_come_apart_as_they_were_joined() {
        Bytes body = Entries.join(List.of(SUBMIT.encode(), SUBMIT.encode()));

        assertThat(Entries.split(body, 2)).containsExactly(SUBMIT, SUBMIT);
        assertThatThrownBy(() -> Entries.split(body, 1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Entries.split(body, 3)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_batch_of_more_entries_than_allowed_is_refused_before_anything_is_read() {
        byte[] entry = new Envelope(1, 1, "", "", "", Bytes.EMPTY).encode();
        Bytes most = Entries.join(Collections.nCopies(Entries.MAX_COUNT, entry));
        Bytes more = Entries.join(Collections.nCopies(Entries.MAX_COUNT + 1, entry));

        assertThat(Entries.split(most, Entries.MAX_COUNT)).hasSize(Entries.MAX_COUNT);
        assertThatThrownBy(() -> Entries.split(more, Entries.MAX_COUNT + 1))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("over the limit of 4096");
    }

    @Test
    void an_act_is_fenced_with_its_place_in_the_log() {
        var stamp = new Stamp(3, 40, 0, new LogTime(1_000, 10));

        assertThat(stamp.withOrdinal(7).fence()).isEqualTo(new FencingToken(3, 40, 7));
        assertThat(stamp.withOrdinal(7).fence()).isGreaterThan(stamp.fence());
    }

    @Test
    void a_fence_sorts_as_text_as_it_sorts_as_a_number() {
        var low = new FencingToken(9, 255, 3);
        var high = new FencingToken(10, 1, 0);

        assertThat(low).isLessThan(high);
        assertThat(low.toString()).isLessThan(high.toString()).isEqualTo("0000000000000009-0000000000ff-000003");
        assertThat(FencingToken.parse(high.toString())).isEqualTo(high);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 32, 1_795_756_214_562L, Long.MAX_VALUE})
    void a_fence_holds_every_term_that_an_engine_can_reach(long term) {
        var fence = new FencingToken(term, 5, 0);

        assertThat(fence.toString()).hasSize(36);
        assertThat(FencingToken.parse(fence.toString())).isEqualTo(fence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000009-0000000000ff-000003",
                "+000000000000009-0000000000ff-000003",
                "ffffffffffffffff-0000000000ff-000003",
                "0000000000000009-0000000000fg-000003",
                "0000000000000009x0000000000ff-000003",
            })
    void a_text_that_no_fence_writes_is_none(String text) {
        assertThatThrownBy(() -> FencingToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_node_id_is_a_dns_label() {
        assertThat(new NodeId("node-1").value()).isEqualTo("node-1");
        assertThatThrownBy(() -> new NodeId("Node_1")).hasMessageContaining("cannot name a node");
    }
}

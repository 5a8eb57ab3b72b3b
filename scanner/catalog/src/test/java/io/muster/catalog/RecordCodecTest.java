package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.advisories.Advisory;
import io.muster.advisories.AdvisoryReader;
import io.muster.advisories.AdvisoryReading;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static byte[] resource(String name) throws IOException {
        try (var stream = RecordCodecTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(stream).as(name).isNotNull();
            return stream.readAllBytes();
        }
    }

    private static Advisory golden() throws IOException {
        return ((AdvisoryReading.Read) AdvisoryReader.json("record.json", resource("record.json"))).advisory();
    }

    @Test
    void the_canonical_bytes_are_those_of_the_golden_file() throws IOException {
        byte[] encoded = RecordCodec.encode(golden());

        String expected = new String(resource("record.hex"), StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(expected.replaceAll("\\s", ""));
    }

    @Test
    void what_was_encoded_is_decoded_unchanged() throws IOException {
        assertThat(RecordCodec.decode(BinaryReader.over(RecordCodec.encode(golden()))))
                .isEqualTo(golden());
    }

    @Test
    void another_version_is_refused_by_name() throws IOException {
        byte[] encoded = RecordCodec.encode(golden());
        encoded[0] = 9;

        assertThatThrownBy(() -> RecordCodec.decode(BinaryReader.over(encoded)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void every_cut_is_noticed() throws IOException {
        byte[] encoded = RecordCodec.encode(golden());

        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> RecordCodec.decode(BinaryReader.over(cut))).isInstanceOf(MalformedException.class);
        }
    }
}

package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class BinaryTest {
    @Test
    void what_was_written_reads_back_in_the_same_order() {
        byte[] bytes = new BinaryWriter(4)
                .u8(255)
                .u16(65_535)
                .i32(-2)
                .i64(Long.MIN_VALUE)
                .varint(0)
                .varint(300)
                .varint(-1)
                .flag(true)
                .text("Mäuse")
                .blob(new byte[] {1, 2})
                .toBytes();

        var reader = BinaryReader.over(bytes);

        assertThat(reader.u8()).isEqualTo(255);
        assertThat(reader.u16()).isEqualTo(65_535);
        assertThat(reader.i32()).isEqualTo(-2);
        assertThat(reader.i64()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.varint()).isZero();
        assertThat(reader.varint()).isEqualTo(300);
        assertThat(reader.varint()).isEqualTo(-1);
        assertThat(reader.flag()).isTrue();
        assertThat(reader.text(10)).isEqualTo("Mäuse");
        assertThat(reader.blob(2)).containsExactly(1, 2);
        reader.end();
    }

    @Test
    void the_bytes_of_each_kind_never_change() {
        byte[] bytes = new BinaryWriter()
                .u8(1)
                .u16(0x0203)
                .i32(0x04050607)
                .i64(0x08090A0B0C0D0E0FL)
                .varint(300)
                .text("é")
                .toBytes();

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("0102030405060708090a0b0c0d0e0fac0202c3a9");
    }

    @Test
    void a_length_past_the_end_is_refused_before_anything_is_allocated() {
        byte[] bytes = new BinaryWriter().varint(Integer.MAX_VALUE).toBytes();

        assertThatThrownBy(() -> BinaryReader.over(bytes).blob(Integer.MAX_VALUE))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BinaryReader.over(bytes).blob(10)).hasMessageContaining("limit of 10");
    }

    @Test
    void every_prefix_of_a_message_is_refused() {
        byte[] whole = new BinaryWriter().i64(1).text("abc").varint(1 << 20).toBytes();

        for (int length = 0; length < whole.length; length++) {
            var cut = BinaryReader.over(whole, 0, length);
            assertThatThrownBy(() -> {
                        cut.i64();
                        cut.text(10);
                        cut.varint();
                    })
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void bytes_left_over_are_an_error() {
        assertThatThrownBy(() -> BinaryReader.over(new byte[] {1}).end()).hasMessageContaining("1 bytes left over");
    }

    @Test
    void text_that_is_not_utf8_is_refused_and_not_replaced() {
        byte[] bytes = new BinaryWriter().blob(new byte[] {(byte) 0xC3}).toBytes();

        assertThatThrownBy(() -> BinaryReader.over(bytes).text(5)).hasMessageContaining("not UTF-8");
    }

    @Test
    void a_varint_of_more_than_64_bits_is_refused() {
        byte[] bytes = HexFormat.of().parseHex("ffffffffffffffffff02");

        assertThatThrownBy(() -> BinaryReader.over(bytes).varint()).hasMessageContaining("more than 64 bits");
    }

    @Test
    void crc32c_matches_the_published_check_value() {
        assertThat(Checksum.of("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(0xE3069283);
    }
}

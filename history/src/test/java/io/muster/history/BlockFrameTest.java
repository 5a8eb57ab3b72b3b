package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class BlockFrameTest {
    private static final Bytes BODY = Bytes.utf8("two finished jobs");
    private static final HistoryBlock BLOCK =
            new HistoryBlock(300, 1_000, 1_001, JobId.of(999, 0), JobId.of(999, 1), 2, BODY, Checksum.of(BODY.array()));

    @Test
    void the_stored_form_of_a_block_never_changes() throws IOException {
        String golden = golden();

        assertThat(HexFormat.of().formatHex(BlockFrame.encode(BLOCK).array())).isEqualTo(golden);
        assertThat(BlockFrame.decode(Bytes.wrap(HexFormat.of().parseHex(golden))))
                .isEqualTo(BLOCK);
    }

    @Test
    void any_flipped_bit_is_noticed() {
        byte[] frame = BlockFrame.encode(BLOCK).array();
        for (int at = 0; at < frame.length; at++) {
            byte[] torn = frame.clone();
            torn[at] ^= 0x10;

            assertThatThrownBy(() -> BlockFrame.decode(Bytes.wrap(torn))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_frame_cut_short_at_any_length_is_noticed() {
        byte[] frame = BlockFrame.encode(BLOCK).array();
        for (int length = 0; length < frame.length; length++) {
            byte[] torn = java.util.Arrays.copyOf(frame, length);

            assertThatThrownBy(() -> BlockFrame.decode(Bytes.wrap(torn))).isInstanceOf(MalformedException.class);
        }
    }

    private static String golden() throws IOException {
        try (var in = BlockFrameTest.class.getResourceAsStream("/golden/history-block-1.hex")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}

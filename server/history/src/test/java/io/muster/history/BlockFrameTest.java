package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.JobId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class BlockFrameTest {
    private static final Bytes BODY = Bytes.utf8("two finished jobs");
    private static final HistoryBlock BLOCK =
            new HistoryBlock(300, 1_000, 1_001, JobId.of(999, 0), JobId.of(999, 1), 2, BODY, Checksum.of(BODY.array()));

    @Test
    void the_stored_form_of_a_block_never_changes() {
        Golden.check("history-block-1.hex", BlockFrame.encode(BLOCK).array());

        assertThat(BlockFrame.decode(Bytes.wrap(HexFormat.of().parseHex(Golden.text("history-block-1.hex")))))
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
}

package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PieceSumsTest {
    private static final byte[] OBJECT = Content.bytes(7, PieceSums.PIECE_BYTES + 3);

    private static PieceSums sums(int chunkBytes) {
        var running = new PieceSums.Running(OBJECT.length);
        for (int at = 0; at < OBJECT.length; at += chunkBytes) {
            running.add(Arrays.copyOfRange(OBJECT, at, Math.min(OBJECT.length, at + chunkBytes)));
        }
        return running.end();
    }

    @Test
    void the_stored_form_never_changes_and_does_not_depend_on_the_chunks() {
        Golden.check("piece-sums-1.hex", sums(OBJECT.length).encode().array());
        Golden.check("piece-sums-1.hex", sums(99_991).encode().array());
    }

    @Test
    void any_flipped_bit_of_the_stored_form_is_noticed() {
        byte[] stored = sums(OBJECT.length).encode().array();
        for (int at = 0; at < stored.length; at++) {
            byte[] torn = stored.clone();
            torn[at] ^= 0x04;

            assertThatThrownBy(() -> PieceSums.decode(torn)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_piece_matches_its_own_sum_alone() {
        var sums = PieceSums.decode(sums(OBJECT.length).encode().array());
        byte[] first = Arrays.copyOf(OBJECT, PieceSums.PIECE_BYTES);
        byte[] last = Arrays.copyOfRange(OBJECT, PieceSums.PIECE_BYTES, OBJECT.length);

        assertThat(sums.matches(0, first)).isTrue();
        assertThat(sums.matches(1, last)).isTrue();
        assertThat(sums.matches(1, first)).isFalse();
        assertThat(sums.matches(2, last)).isFalse();
    }
}

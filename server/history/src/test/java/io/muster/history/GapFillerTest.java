package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.jobs.HistoryBlock;
import io.muster.log.ClusterId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GapFillerTest {
    private static final List<HistoryBlock> BLOCKS = Blocks.of(5);

    private final Map<Long, Bytes> peers = new HashMap<>();
    private HistoryStore store;
    private GapFiller filler;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        store = HistoryStore.open(folder, new ClusterId(1, 2), failure -> {
            throw new AssertionError(failure);
        });
        filler = new GapFiller(store, () -> 6, number -> Optional.ofNullable(peers.get(number)));
    }

    @AfterEach
    void close() {
        filler.close();
        store.close();
    }

    @Test
    void blocks_made_while_this_node_was_away_come_from_the_others() throws Exception {
        store.add(BLOCKS.get(4));
        BLOCKS.forEach(block -> peers.put(block.number(), BlockFrame.encode(block)));

        assertThat(filler.fill()).isEqualTo(4);

        assertThat(store.missing(6, 10)).isEmpty();
        assertThat(store.block(2)).hasValue(BLOCKS.get(1));
    }

    @Test
    void a_block_that_nobody_has_now_is_asked_for_again_later() throws Exception {
        assertThat(filler.fill()).isZero();

        BLOCKS.forEach(block -> peers.put(block.number(), BlockFrame.encode(block)));

        assertThat(filler.fill()).isEqualTo(5);
    }

    @Test
    void a_block_that_is_damaged_or_of_another_number_is_not_taken() throws Exception {
        byte[] torn = BlockFrame.encode(BLOCKS.get(0)).array().clone();
        torn[torn.length / 2] ^= 1;
        peers.put(1L, Bytes.wrap(torn));
        peers.put(2L, BlockFrame.encode(BLOCKS.get(2)));
        peers.put(3L, Bytes.utf8("no block at all"));

        assertThat(filler.fill()).isZero();

        assertThat(store.missing(6, 10)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
}

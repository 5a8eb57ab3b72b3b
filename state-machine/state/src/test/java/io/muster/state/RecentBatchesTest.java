package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.LogTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentBatchesTest {
    private final RecentBatches recent = new RecentBatches();

    @Test
    void nothing_applied_shows_nothing() {
        assertThat(recent.firstIndex()).isZero();
        assertThat(recent.after(0, 10)).isEmpty();
    }

    @Test
    void entries_behind_an_index_come_with_the_batches_that_hold_them() {
        add(1, 3, 10);
        add(4, 2, 10);
        add(6, 1, 10);

        assertThat(recent.after(0, 10)).extracting(CommittedBatch::firstIndex).containsExactly(1L, 4L, 6L);
        assertThat(recent.after(4, 10)).extracting(CommittedBatch::firstIndex).containsExactly(4L, 6L);
        assertThat(recent.after(3, 1)).extracting(CommittedBatch::firstIndex).containsExactly(4L);
        assertThat(recent.after(6, 10)).isEmpty();
    }

    @Test
    void who_asks_for_what_is_forgotten_gets_the_oldest_that_is_known() {
        for (int i = 0; i < RecentBatches.MAX_BATCHES + 100; i++) {
            add(i + 1, 1, 1);
        }

        assertThat(recent.firstIndex()).isEqualTo(101);
        assertThat(recent.after(5, 2)).extracting(CommittedBatch::firstIndex).containsExactly(101L, 102L);
    }

    @Test
    void large_batches_push_out_others_by_their_bytes() {
        for (int i = 0; i < 6; i++) {
            add(i + 1, 1, 1 << 20);
        }

        assertThat(recent.firstIndex()).isEqualTo(3);
    }

    @Test
    void the_newest_batch_is_kept_whatever_its_size() {
        add(1, 1, 10);
        add(2, 1, RecentBatches.MAX_BYTES + 1);

        assertThat(recent.firstIndex()).isEqualTo(2);
    }

    private void add(long first, int count, int bytes) {
        var content = new CommittedBatch.Content.Commands(Bytes.wrap(new byte[bytes]));
        recent.add(new CommittedBatch(first, count, 1, LogTime.ZERO, content, List.of()));
    }
}

package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchWindowTest {
    @Test
    void keeps_the_newest_batches_within_its_bytes() {
        var window = new BatchWindow(10L * Scene.batch(1, 1, 1).size());
        for (int index = 1; index <= 200; index++) {
            window.add(Scene.batch(index, 1, 1));
            window.evictUpTo(index);
        }

        assertThat(window.holds(200)).isTrue();
        assertThat(window.holds(193)).isTrue();
        assertThat(window.holds(180)).isFalse();
        assertThat(window.from(180, 1_000)).isEmpty();
    }

    @Test
    void lets_go_of_nothing_that_may_still_be_needed() {
        var window = new BatchWindow(0);
        window.add(Scene.batch(1, 2, 1));
        window.add(Scene.batch(3, 2, 1));

        window.evictUpTo(1);

        assertThat(window.holds(1)).isTrue();

        window.evictUpTo(2);

        assertThat(window.holds(2)).isFalse();
        assertThat(window.holds(3)).isTrue();
    }

    @Test
    void finds_the_batch_that_holds_an_entry_and_those_after_it() {
        var window = new BatchWindow(1 << 20);
        var batches = List.of(Scene.batch(5, 3, 1), Scene.batch(8, 2, 1), Scene.batch(10, 1, 2));
        batches.forEach(window::add);

        assertThat(window.holding(6)).isEqualTo(batches.getFirst());
        assertThat(window.from(9, 1 << 20)).isEqualTo(batches.subList(1, 3));
        assertThat(window.from(6, 1)).as("at least one").isEqualTo(batches.subList(0, 1));
        assertThat(window.from(11, 1 << 20)).isEmpty();
        assertThat(window.from(4, 1 << 20)).isEmpty();
    }

    @Test
    void forgets_what_was_cut() {
        var window = new BatchWindow(1 << 20);
        window.add(Scene.batch(1, 2, 1));
        window.add(Scene.batch(3, 2, 1));

        window.cutFrom(3);
        window.add(Scene.batch(3, 1, 2));

        assertThat(window.holding(3).term()).isEqualTo(2);
        assertThat(window.holds(4)).isFalse();
    }
}

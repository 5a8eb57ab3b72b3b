package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AgeOrderTest {
    private static final int STEPS = 20_000;

    @Test
    void it_holds_what_a_queue_holds_and_a_frozen_one_stays_as_it_was() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var order = new AgeOrder<Integer>();
        var model = new ArrayDeque<Integer>();
        var frozen = order.freeze();
        var before = List.copyOf(model);
        for (int i = 0; i < STEPS; i++) {
            if (model.isEmpty() || random.nextInt(100) < 52) {
                order.addLast(i);
                model.addLast(i);
            } else {
                assertThat(order.removeFirst()).isEqualTo(model.removeFirst());
            }
            if (random.nextInt(2_000) == 0) {
                int rest = random.nextInt(7);
                order.removeIf(each -> each % 7 == rest);
                model.removeIf(each -> each % 7 == rest);
            }
            if (random.nextInt(500) == 0) {
                assertThat(frozen).containsExactlyElementsOf(before);
                frozen = order.freeze();
                before = List.copyOf(model);
            }
            assertThat(order.size()).isEqualTo(model.size());
            assertThat(order.isEmpty()).isEqualTo(model.isEmpty());
        }
        assertThat(frozen).containsExactlyElementsOf(before);
        assertThat(order.freeze()).containsExactlyElementsOf(model);
    }
}

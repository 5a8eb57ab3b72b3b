package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulation.Operation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The checker is shown histories that one copy of a register could have given, and others, small ones by hand and
/// many by chance, which are compared with trying every order there is.
final class LinearizabilityTest {
    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    @Test
    void nothing_and_reads_of_nothing_have_an_order() {
        has();
        has(read("", 1, 2), read("", 1, 5));
    }

    @Test
    void one_thing_after_another_has_an_order() {
        has(write("a", 1, 2), read("a", 3, 4), write("b", 5, 6), read("b", 7, 8));
    }

    @Test
    void a_read_that_goes_back_has_none() {
        hasNot(write("a", 1, 2), write("b", 3, 4), read("a", 5, 6));
    }

    @Test
    void a_read_of_nothing_after_an_acknowledged_write_has_none() {
        hasNot(write("a", 1, 2), read("", 3, 4));
    }

    @Test
    void two_reads_that_see_two_writes_in_different_order_have_none() {
        hasNot(write("a", 1, 10), write("b", 1, 10), read("a", 11, 12), read("b", 13, 14));
        hasNot(write("a", 1, 10), write("b", 1, 10), read("a", 2, 3), read("b", 4, 5), read("a", 6, 7));
    }

    @Test
    void what_happened_at_the_same_time_may_be_in_any_order() {
        has(write("a", 1, 10), write("b", 1, 10), read("b", 2, 3), read("a", 4, 5));
        has(write("a", 1, 10), write("b", 1, 10), read("a", 11, 12));
        has(write("a", 1, 10), read("", 2, 9), read("a", 2, 9), read("", 2, 9));
        has(write("a", 1, 5), read("", 5, 6));
    }

    @Test
    void a_write_of_unknown_fate_may_take_effect_late_or_never() {
        has(write("a", 1, 2), open("b", 3), read("a", 5, 6), read("a", 7, 8));
        has(write("a", 1, 2), open("b", 3), read("a", 5, 6), read("b", 7, 8));
    }

    @Test
    void a_write_of_unknown_fate_that_was_seen_stays_seen() {
        hasNot(write("a", 1, 2), open("b", 3), read("b", 5, 6), read("a", 7, 8));
    }

    @Test
    void a_value_that_nobody_wrote_or_not_yet_has_none() {
        hasNot(read("x", 1, 2));
        hasNot(read("a", 1, 2), write("a", 3, 4));
        hasNot(read("a", 1, 2), open("a", 3));
    }

    @Test
    void says_what_has_no_place() {
        assertThat(Linearizability.explainViolation(
                        List.of(write("a", 1_000, 2_000), write("b", 3_000, 4_000), read("a", 5_000, 6_000))))
                .hasValueSatisfying(why -> assertThat(why).contains("read a [5..6 us]"));
    }

    @Test
    void two_writes_of_one_value_cannot_be_told_apart() {
        assertThatThrownBy(() -> Linearizability.explainViolation(List.of(write("a", 1, 2), write("a", 3, 4))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agrees_with_trying_every_order() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        int ordered = 0;
        for (int round = 0; round < 3_000; round++) {
            var history = anyHistory(random);
            boolean expected = existsOrder(history, "", new HashSet<>());
            ordered += expected ? 1 : 0;

            assertThat(Linearizability.explainViolation(history).isEmpty())
                    .as("seed %s, round %s: %s", SEED, round, history)
                    .isEqualTo(expected);
        }
        assertThat(ordered).as("histories with an order among 3,000").isBetween(300, 2_700);
    }

    @Test
    void a_long_history_with_hundreds_at_a_time_takes_no_search() {
        var history = new ArrayList<Operation>();
        for (int i = 0; i < 3_000; i++) {
            history.add(write("w" + i, 10L * i, 10L * i + 3_000));
            history.add(read("w" + i, 10L * i + 1, 10L * i + 2));
            history.add(read("w" + i, 10L * i + 3, 10L * i + 4));
        }
        Collections.shuffle(history, new Random(7));

        assertThat(Linearizability.explainViolation(history)).isEmpty();
    }

    /// Up to seven operations of a register that sometimes answers with the value before the last.
    private static List<Operation> anyHistory(Random random) {
        var history = new ArrayList<Operation>();
        var values = new ArrayList<>(List.of(""));
        for (int i = random.nextInt(2, 8); i > 0; i--) {
            long called = random.nextInt(20);
            long returned = called + random.nextInt(8);
            if (random.nextBoolean()) {
                String value = "v" + i;
                values.add(value);
                history.add(write(value, called, random.nextInt(4) == 0 ? Operation.OPEN : returned));
            } else {
                history.add(read(values.get(random.nextInt(values.size())), called, returned));
            }
        }
        return history;
    }

    /// Tries every order; an open write may be left out.
    private static boolean existsOrder(List<Operation> history, String value, Set<Operation> done) {
        if (done.containsAll(history.stream().filter(each -> !each.isOpen()).toList())) {
            return true;
        }
        for (int i = 0; i < history.size(); i++) {
            var next = history.get(i);
            boolean isFirst = history.stream()
                    .filter(other -> !done.contains(other))
                    .allMatch(other -> next.calledNanos() <= other.returnedNanos());
            boolean fits = next.kind() == Kind.WRITE || next.value().equals(value);
            if (!done.contains(next) && isFirst && fits) {
                var with = new HashSet<>(done);
                with.add(next);
                if (existsOrder(history, next.value(), with)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void has(Operation... history) {
        assertThat(Linearizability.explainViolation(List.of(history))).isEmpty();
    }

    private static void hasNot(Operation... history) {
        assertThat(Linearizability.explainViolation(List.of(history))).isPresent();
    }

    private static Operation write(String value, long called, long returned) {
        return Operation.write(value, called, returned);
    }

    private static Operation open(String value, long called) {
        return Operation.write(value, called, Operation.OPEN);
    }

    private static Operation read(String value, long called, long returned) {
        return Operation.read(value, called, returned);
    }
}

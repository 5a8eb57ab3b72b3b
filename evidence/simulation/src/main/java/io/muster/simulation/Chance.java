package io.muster.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// All chance of a simulation, drawn from one seed.
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// A source of its own for one part, so that what one part draws does not move the others.
    Chance split() {
        return new Chance(random.split());
    }

    /// A whole number from `least` to `most`, both included.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// A span of time in nanoseconds.
    long nanos(long leastMicros, long mostMicros) {
        return random.nextLong(leastMicros * 1_000, mostMicros * 1_000 + 1);
    }

    /// True once in about `times` times; never where `times` is 0.
    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    long any() {
        return random.nextLong();
    }

    <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}

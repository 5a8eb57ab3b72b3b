package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.LogTime;
import io.muster.log.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Seam: whatever the log holds, a state that was frozen, written and read back goes on as the one that
/// was not: equal answers, changes, digests, dates at which something is due, and snapshots.
final class ContinuationTest {
    private static final int RUNS = Integer.getInteger("runs", 20);
    private static final int BATCHES = 120;

    private final Set<String> met = new HashSet<>();

    @Test
    void a_state_read_back_goes_on_as_the_one_that_was_written() {
        long seed = seed();
        for (int run = 0; run < RUNS; run++) {
            var life = new Life(new Random(seed + run));
            life.go(BATCHES);
            var filled = life.readBack();
            for (int i = 0; i < BATCHES; i++) {
                life.go(1);
                filled.follow(life);
                filled.agree(life);
            }
            assertThat(SectionsTest.sections(filled.state)).isEqualTo(SectionsTest.sections(life.log.state));
        }
        assertThat(met)
                .as("runs that never met these prove nothing about them")
                .contains("Rejected", "Submitted", "Reported", "Started", "KeyConflict", "Changed", "Swept", "Stored");
    }

    /// Chunk by chunk, with commands applied between two of them.
    @Test
    void a_frozen_state_is_written_as_it_was_while_others_go_on() {
        long seed = seed();
        for (int run = 0; run < RUNS; run++) {
            var life = new Life(new Random(seed + run));
            life.go(BATCHES);
            var expected = SectionsTest.sections(life.log.state);
            long index = life.log.state.appliedIndex();

            var frozen = life.log.state.freeze();
            var written = new LinkedHashMap<String, List<Bytes>>();
            frozen.write((name, chunk) -> {
                life.go(3);
                written.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk);
            });

            assertThat(written).isEqualTo(expected);
            assertThat(frozen.lastIndex()).isEqualTo(index).isLessThan(life.log.state.appliedIndex());
        }
    }

    private static long seed() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        return seed;
    }

    /// A log of random commands and the state that was never read back.
    private final class Life {
        private final Random random;
        private final StateLog log = new StateLog();
        private final RandomEnvelopes envelopes;
        private List<Reply> lastReplies = List.of();

        Life(Random random) {
            this.random = random;
            envelopes = new RandomEnvelopes(random, log.state);
        }

        void go(int batches) {
            for (int i = 0; i < batches; i++) {
                long passed = random.nextInt(40) == 0 ? random.nextInt(700) * 1_000_000L : random.nextInt(1_000_000);
                log.micros += passed;
                log.elapsedMicros += passed;
                lastReplies = envelopes.step(log);
                lastReplies.forEach(reply -> met.add(reply.getClass().getSimpleName()));
                log.state.jobs().takeClosedBlocks();
            }
        }

        Filled readBack() {
            try (FrozenState frozen = log.state.freeze()) {
                return new Filled(SectionsTest.sections(frozen), log.changes.size());
            }
        }
    }

    /// A state that was read back, and what it was told since.
    private static final class Filled {
        private final List<Change> changes = new ArrayList<>();
        private final ClusterState state = new ClusterState((_, _, _, change) -> changes.add(change));
        private final int changesBefore;
        private List<Reply> lastReplies = List.of();

        Filled(Map<String, List<Bytes>> sections, int changesBefore) {
            this.changesBefore = changesBefore;
            state.fill(name -> sections.getOrDefault(name, List.of()));
        }

        void follow(Life life) {
            CommittedBatch batch = life.log.batches.getLast();
            lastReplies = state.apply(batch);
            state.jobs().takeClosedBlocks();
        }

        void agree(Life life) {
            var other = life.log.state;
            assertThat(lastReplies).isEqualTo(life.lastReplies);
            assertThat(state.digest()).isEqualTo(other.digest());
            assertThat(state.comparable()).isEqualTo(other.comparable());
            assertThat(state.leader()).isEqualTo(other.leader());
            assertThat(changes).isEqualTo(life.log.changes.subList(changesBefore, life.log.changes.size()));
            assertThat(state.jobs().workers()).isEqualTo(other.jobs().workers());
            assertThat(state.jobs().queues()).isEqualTo(other.jobs().queues());
            assertThat(state.jobs().counts()).isEqualTo(other.jobs().counts());
            for (long ahead = 1_000; ahead < 10_000_000_000L; ahead *= 10) {
                LogTime later = state.time().plusMicros(ahead);
                assertThat(state.isDueAt(later)).isEqualTo(other.isDueAt(later));
            }
        }
    }
}

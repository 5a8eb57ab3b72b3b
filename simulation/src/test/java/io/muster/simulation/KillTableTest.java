package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulator's own proof: rules that others broke are broken here too, one by one, and each must be found. A
/// simulator that finds nothing wrong with a broken program says nothing about a whole one.
final class KillTableTest {
    /// More seeds than any of them was ever seen to need; `-Dmutants=` sets another limit.
    private static final long LIMIT = Long.getLong("mutants", 1_500);

    private static final String CONSENSUS = "consensus/src/main/java/io/muster/consensus/";

    @TempDir
    Path folder;

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "a vote is given and never synced (T1, T4)",
                        CONSENSUS + "Writes.java",
                        "new Effect.Persist(lastTicket, state, isStateChanged, cutFrom, batches);",
                        "new Effect.Persist(lastTicket, state, false, cutFrom, batches);"),
                new Mutant(
                        "an entry of an earlier term is committed by counting (figure 8, T17)",
                        CONSENSUS + "Reign.java",
                        " && log.terms().termAt(agreed) == ground.term()",
                        ""),
                new Mutant(
                        "a leader counts itself before its own sync (T11)",
                        CONSENSUS + "Replication.java",
                        "return log.durableIndex();",
                        "return log.lastIndex();"),
                new Mutant(
                        "a worker forgets a result once it is sent, so that a lost exchange loses it",
                        "worker/src/main/java/io/muster/worker/WorkerLoop.java",
                        "newsSinceNanos = report.isComplete() ? NO_NEWS : nowNanos;",
                        "report.results().forEach(result -> runs.acknowledge(result.id())); newsSinceNanos = NO_NEWS;"),
                new Mutant(
                        "a late result of an earlier attempt counts",
                        "jobs/src/main/java/io/muster/jobs/Endings.java",
                        """
                        && claim.worker().equals(worker)
                                        && claim.incarnation() == incarnation
                                        && claim.attempt() == attempt""",
                        "&& claim.attempt() >= attempt"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void each_broken_rule_is_found(Mutant mutant) {
        long seeds = mutant.seedsToFind(LIMIT, folder);

        System.out.println("kill table: " + mutant.rule() + ": found by seed " + seeds);
        assertThat(seeds).as(mutant.rule()).isPositive();
    }
}

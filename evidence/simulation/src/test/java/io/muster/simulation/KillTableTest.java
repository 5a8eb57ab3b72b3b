package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulator's own proof: rules that others broke are broken here too, one by one, and each must be found. A
/// simulator that finds nothing wrong with a broken program says nothing about a whole one.
///
/// A build tries the seed that is known to find a rule first. `make nightly` hunts for each from seed 1 on, by
/// `-Dhunt=true`, and prints how many seeds it took.
final class KillTableTest {
    /// Within so many seeds each must be found; `-Dmutants=` sets another limit.
    private static final long LIMIT = Long.getLong("mutants", 500);

    private static final boolean IS_HUNT = Boolean.getBoolean("hunt");

    @TempDir
    Path folder;

    static Stream<Mutant> mutants() {
        return KillTable.all().stream();
    }

    @Test
    void each_row_names_a_text_that_stands_once_in_its_source() {
        assertThat(mutants().filter(mutant -> !mutant.findsItsPlace())).isEmpty();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("mutants")
    void each_broken_rule_is_found(Mutant mutant) {
        long seed = IS_HUNT ? mutant.seedsToFind(LIMIT, folder) : mutant.seedThatFinds(LIMIT, folder);

        System.out.println("kill table: " + mutant.rule() + ": found by seed " + seed);
        assertThat(seed).as(mutant.rule()).isPositive();
    }
}

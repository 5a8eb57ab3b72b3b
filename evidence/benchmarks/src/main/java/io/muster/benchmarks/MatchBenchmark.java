package io.muster.benchmarks;

import io.muster.advisories.Matching;
import io.muster.catalog.AdvisoryDatabase;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one question costs among 300,000 records, in a heap of 200 MB; the import is timed on the way.
///
/// Packages are drawn from all of the database, so that most questions read what they need from the mapped file; the
/// aim is 20 µs. `again` asks for a thousand packages in turn, as a cluster does that audits like projects.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx200m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class MatchBenchmark {

    private static final int RECORDS = 300_000;
    private static final int QUESTIONS = 50_000;
    private static final int FEW = 1_000;

    private final BenchmarkFolder folder = new BenchmarkFolder("match");
    private final AdvisoryDatabase database = folder.imported(RECORDS);
    private final List<PackageName> names = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private int next;

    /// Draws the questions; called by JMH.
    public MatchBenchmark() {
        var random = new Random(2);
        for (int i = 0; i < QUESTIONS; i++) {
            names.add(SyntheticAdvisories.randomPackage(RECORDS, random));
            versions.add(SyntheticAdvisories.randomVersion(random));
        }
    }

    /// A package that records name, at a version which some of them may affect.
    @Benchmark
    public Matching anyPackage() {
        next = (next + 1) % QUESTIONS;
        return database.match(names.get(next), versions.get(next));
    }

    /// The same, at a version that none affects: most packages of most projects.
    @Benchmark
    public Matching unaffected() {
        next = (next + 1) % QUESTIONS;
        return database.match(names.get(next), "99.0.0");
    }

    /// A thousand packages again and again.
    @Benchmark
    public Matching again() {
        next = (next + 1) % FEW;
        return database.match(names.get(next), versions.get(next));
    }

    /// A package that no record names.
    @Benchmark
    public Matching unknownPackage() {
        return database.match(new PackageName(Ecosystem.NPM, "nobody-" + next++), "1.0.0");
    }

    /// Gives the disk back; called by JMH.
    @TearDown
    public void close() {
        database.close();
        folder.close();
    }
}

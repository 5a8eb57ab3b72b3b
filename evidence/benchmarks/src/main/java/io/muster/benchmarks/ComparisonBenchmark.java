package io.muster.benchmarks;

import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many versions a second are compared, and how many are read first, in each order. The aim is one million.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ComparisonBenchmark {

    private static final int VERSIONS = 1_000;

    /// Coprime to the count, so that every version meets others than its neighbours.
    private static final int STRIDE = 37;

    /// Public because JMH sets it.
    @Param
    public VersionOrder order = VersionOrder.SEMANTIC;

    private final String[] texts = new String[VERSIONS];
    private final ParsedVersion[] parsed = new ParsedVersion[VERSIONS];
    private int next;

    /// Makes the versions; called by JMH.
    @Setup
    public void makeVersions() {
        var random = new Random(1);
        for (int i = 0; i < VERSIONS; i++) {
            texts[i] = version(order, random);
            parsed[i] = order.parse(texts[i]);
        }
    }

    /// Compares two versions that were read before.
    @Benchmark
    public int compare() {
        next = (next + 1) % VERSIONS;
        return parsed[next].compareTo(parsed[next * STRIDE % VERSIONS]);
    }

    /// Reads two versions and compares them.
    @Benchmark
    public int readAndCompare() {
        next = (next + 1) % VERSIONS;
        return order.compare(texts[next], texts[next * STRIDE % VERSIONS]);
    }

    private static String version(VersionOrder order, Random random) {
        String numbers = random.nextInt(5) + "." + random.nextInt(20) + "." + random.nextInt(20);
        boolean isPlain = random.nextInt(3) > 0;
        int last = random.nextInt(9);
        return switch (order) {
            case CRAN, HACKAGE -> numbers;
            case ALPINE -> numbers + (isPlain ? "" : "_rc" + last) + "-r" + random.nextInt(9);
            case DEBIAN -> numbers + (isPlain ? "" : "~rc1") + "-" + last + "+deb12u" + random.nextInt(4);
            case MAVEN -> numbers + (isPlain ? ".Final" : "-RC" + last);
            case NUGET, PUB, SEMANTIC -> numbers + (isPlain ? "" : "-beta." + last);
            case PACKAGIST -> numbers + (isPlain ? "" : "-RC" + last);
            case PYPI -> numbers + (isPlain ? "" : "rc" + last);
            case RPM -> numbers + "-" + last + ".el8_" + random.nextInt(4);
            case RUBYGEMS -> numbers + (isPlain ? "" : ".rc" + last);
        };
    }
}

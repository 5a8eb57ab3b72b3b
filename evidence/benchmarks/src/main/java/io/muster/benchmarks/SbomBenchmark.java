package io.muster.benchmarks;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.reports.IgnoreFile;
import io.muster.reports.Report;
import io.muster.scan.Scan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

/// A whole scan of one CycloneDX file of two megabytes: read it, match its packages, find the paths. The aim is 300 ms;
/// the single shot is the first scan of a fresh JVM, nothing warmed up.
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SingleShotTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 5)
public class SbomBenchmark {

    private static final int BYTES = 2_000_000;
    private static final int RECORDS = 9_000;

    private final BenchmarkFolder folder = new BenchmarkFolder("sbom");
    private final AdvisoryDatabase database = folder.imported(RECORDS);
    private final Path sbom = folder.write("bom.cdx.json", cycloneDx());

    /// A chain of ten packages hangs below each direct dependency.
    private static String cycloneDx() {
        var components = new StringBuilder();
        var dependencies = new StringBuilder();
        int count = 0;
        for (; components.length() + dependencies.length() < BYTES; count++) {
            String purl = "pkg:npm/example.org:package-" + 3 * count + "@2.1." + count % 10;
            components.append(count == 0 ? "" : ",").append("""
                    {"type": "library", "bom-ref": "%d", "name": "package-%d", "version": "2.1.%d", "purl": "%s",
                     "description": "One of many packages, each with words that nobody reads but the parser",
                     "licenses": [{"license": {"id": "MIT"}}]}
                    """.formatted(count, count, count % 10, purl));
            dependencies.append(count == 0 ? "" : ",").append("""
                    {"ref": "%d", "dependsOn": [%s]}
                    """.formatted(
                            count, count % 10 == 9 ? "" : "\"" + (count + 1) + "\""));
        }
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [%s], "dependencies": [%s]}
                """.formatted(components, dependencies);
    }

    /// The scan.
    @Benchmark
    public Report scan() throws IOException {
        return Scan.of(sbom, database, IgnoreFile.EMPTY, Instant.EPOCH, Scan.Listener.SILENT);
    }

    /// Gives the disk back; called by JMH.
    @TearDown
    public void close() {
        database.close();
        folder.close();
    }
}

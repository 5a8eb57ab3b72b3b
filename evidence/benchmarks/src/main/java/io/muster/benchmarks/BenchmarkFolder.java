package io.muster.benchmarks;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.AdvisoryStore;
import io.muster.catalog.ImportProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/// Where a benchmark keeps its files, and what it puts there. Its constructor and methods throw nothing checked,
/// because JMH extends the classes that use them.
final class BenchmarkFolder implements AutoCloseable {

    private final Path folder;

    BenchmarkFolder(String name) {
        try {
            folder = Files.createTempDirectory("muster-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the benchmark " + name, e);
        }
    }

    /// Imports so many synthetic records, prints how long that took, and opens them.
    AdvisoryDatabase imported(int records) {
        try {
            var archive = folder.resolve("all.zip");
            SyntheticAdvisories.write(archive, records);
            var store = AdvisoryStore.at(folder.resolve("database"));
            long begun = System.nanoTime();
            store.importFrom(archive, ImportProgress.SILENT);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.println("imported " + records + " records, an archive of " + Files.size(archive) / 1_000_000
                    + " MB, in " + took.toMillis() + " ms");
            return store.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import into " + folder, e);
        }
    }

    /// Writes a file and answers where.
    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " into " + folder, e);
        }
    }

    /// Removes everything: half a gigabyte a run would fill a disk soon.
    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}

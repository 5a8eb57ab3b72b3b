package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.advisories.Matching;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An immutable set of advisories that answers what it knows about a package. Safe for use by many threads.
public sealed interface AdvisoryDatabase extends AutoCloseable permits LoadedDatabase, IndexedDatabase {

    /// The name of the content, `sha256:…`: equal digests mean equal findings by the same engine.
    String digest();

    /// How many records it holds, withdrawn ones included.
    int recordCount();

    /// Everything the records say about one version of a package.
    Matching match(PackageName packageName, String version);

    /// The record with this id, or one that bears it as an alias.
    Optional<Advisory> advisory(String id);

    /// All records in the order of their ids.
    Stream<Advisory> advisories();

    /// Gives back what the database holds of the system; asking afterwards is a bug.
    @Override
    void close();

    /// The findings alone, worst first.
    default List<Finding> findings(PackageName packageName, String version) {
        return match(packageName, version).findings();
    }

    /// Opens whatever lies at `place`: the snapshot in use of an [AdvisoryStore], or advisories to be read.
    static AdvisoryDatabase openOrLoad(Path place) throws IOException {
        return AdvisoryStore.isStore(place) ? AdvisoryStore.at(place).open() : load(place);
    }

    /// Reads all advisories below a folder, or of one `all.zip` or record, into memory. Documents that are not
    /// advisories become [LoadedDatabase#problems]; throws only when `start` itself cannot be read.
    static LoadedDatabase load(Path start) throws IOException {
        return LoadedDatabase.load(start);
    }
}

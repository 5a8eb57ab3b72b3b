package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.advisories.Matching;
import io.muster.versions.Ecosystem;
import io.muster.versions.Lookup;
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

    /// Everything the records say about a package that may be asked for by several names; a weakness that is known
    /// under more than one of them is told once.
    default Matching match(List<Lookup> lookups) {
        return Matching.joined(lookups.stream()
                .map(lookup -> match(lookup.name(), lookup.version()))
                .toList());
    }

    /// Whether a record in force speaks of any package of this ecosystem and release. Where none does, finding nothing
    /// says nothing.
    boolean speaksOf(Ecosystem ecosystem);

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

    /// Opens what lies at `place`: the snapshot in use of an [AdvisoryStore], or advisories to be read.
    static AdvisoryDatabase openOrLoad(Path place) throws IOException {
        return AdvisoryStore.isStore(place) ? AdvisoryStore.at(place).open() : load(place);
    }

    /// Reads all advisories below a folder, or of one `all.zip` or record, into memory. Documents that are not
    /// advisories become [LoadedDatabase#problems]; throws only when `start` itself cannot be read.
    static LoadedDatabase load(Path start) throws IOException {
        return LoadedDatabase.load(start);
    }
}

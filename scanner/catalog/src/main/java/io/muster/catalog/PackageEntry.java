package io.muster.catalog;

import io.muster.advisories.Affected;
import io.muster.advisories.AffectedScope;
import io.muster.advisories.VersionHashes;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;

/// What decides about one package of a record, as it stands in an index: a question is answered from entries alone,
/// some eighty bytes each, and only records that match are read.
///
/// ```
///  text ecosystem · text name · count, ranges as in the canonical bytes · count, i32… version hashes, ascending
/// ```
///
/// @param key the key under which the package is found
record PackageEntry(long key, Bytes bytes) {

    /// A record's list of versions is at most [RecordCodec#MAX_LIST] long.
    private static final int MAX_SPELLINGS = RecordCodec.MAX_LIST;

    static PackageEntry of(Affected affected) {
        var scope = AffectedScope.of(affected);
        var writer = new BinaryWriter(128 + scope.versionHashes().size() * Integer.BYTES);
        writer.text(scope.packageName().ecosystem().toString())
                .text(scope.packageName().name());
        RecordCodec.ranges(writer, scope.ranges());
        writer.varint(scope.versionHashes().size());
        scope.versionHashes().hashes().forEach(writer::i32);
        return new PackageEntry(KeyHash.of(scope.packageName()), Bytes.wrap(writer.toBytes()));
    }

    /// The ecosystem and release it speaks of, as the record writes them.
    String ecosystem() {
        return RecordCodec.text(BinaryReader.over(bytes.array()));
    }

    /// Reads an entry found while asking for a package. Where the names are equal the asked one is taken, which saves
    /// normalising it again.
    static AffectedScope scope(BinaryReader reader, PackageName asked) {
        String ecosystem = RecordCodec.text(reader);
        String name = RecordCodec.text(reader);
        boolean isAsked = name.equals(asked.name())
                && ecosystem.equals(asked.ecosystem().name())
                && asked.ecosystem().suffix().isEmpty();
        var packageName = isAsked ? asked : new PackageName(Ecosystem.parse(ecosystem), name);
        var ranges = RecordCodec.ranges(reader);
        int[] versionHashes = new int[reader.count(Math.min(MAX_SPELLINGS, reader.remaining() / Integer.BYTES))];
        for (int i = 0; i < versionHashes.length; i++) {
            versionHashes[i] = reader.i32();
        }
        reader.end();
        return new AffectedScope(packageName, ranges, VersionHashes.ofHashes(versionHashes));
    }
}

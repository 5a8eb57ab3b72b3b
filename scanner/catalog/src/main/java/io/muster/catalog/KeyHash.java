package io.muster.catalog;

import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.versions.PackageName;
import java.nio.ByteBuffer;

/// The 64 bits under which a key stands in an index: the first eight bytes of its SHA-256.
///
/// Chosen so that nobody can craft names that share one; where two do by chance, the reader compares the names.
final class KeyHash {

    private KeyHash() {}

    /// The key of a package, whatever release of its distribution and whatever spelling of its name.
    static long of(PackageName name) {
        PackageName key = name.lookupKey();
        return of(key.ecosystem().name() + '\0' + key.name());
    }

    /// The key of an advisory's id or alias.
    static long of(String name) {
        return ByteBuffer.wrap(Sha256.of(Bytes.utf8(name)).array()).getLong();
    }
}

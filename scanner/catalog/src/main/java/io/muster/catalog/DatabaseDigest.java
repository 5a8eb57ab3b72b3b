package io.muster.catalog;

import io.muster.advisories.Provenance;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The name of a database's content: SHA-256 over its records in the order of their ids.
///
/// Each record enters as its id, a zero byte and the SHA-256 of its canonical bytes ([RecordCodec]). So the digest
/// depends on what the records say, not on the files, folders or archives they came in, nor on JSON or YAML.
final class DatabaseDigest {

    private final MessageDigest sha256 = Sha256.begin();
    private String last = "";

    DatabaseDigest() {
        sha256.update(("muster advisories " + RecordCodec.VERSION + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Adds the next record; ids must come in ascending order.
    void add(String id, Bytes recordDigest) {
        if (id.compareTo(last) <= 0) {
            throw new IllegalArgumentException("record " + id + " must not come after " + last);
        }
        last = id;
        sha256.update(id.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(recordDigest.array());
    }

    /// The 32 bytes; nothing can be added afterwards.
    Bytes bytes() {
        return Bytes.wrap(sha256.digest());
    }

    /// A digest as it is shown and stored: `sha256:` and 64 hex digits.
    static String text(Bytes digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.array());
    }

    /// The digest of one record's canonical bytes.
    static Bytes ofRecord(byte[] canonicalBytes) {
        return Sha256.of(Bytes.wrap(canonicalBytes));
    }

    /// The digest of a document as it lies in its file, and of the engine that reads it: what another engine read from
    /// the same bytes may differ.
    static Bytes ofDocument(byte[] bytes) {
        var sha256 = Sha256.begin();
        sha256.update(Provenance.ENGINE_VERSION.getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(sha256.digest(bytes));
    }
}

package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Affected;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One record as it stands in an index: the keys under which it is found, then its canonical bytes.
///
/// The keys are kept beside the body so that a later import can take an unchanged record over without reading it.
///
/// ```
///  i32 length of what follows · i32 CRC-32C of what follows the checksum
///  32 bytes source digest · 32 bytes record digest · i64 seconds, i32 nanos of `modified` · text id
///  count, i64… package keys · count, i64… name keys · canonical bytes to the end
/// ```
///
/// @param source the SHA-256 of the document that the record was read from, as it lay in its file
/// @param digest the SHA-256 of `body`
record Frame(
        Bytes source,
        Bytes digest,
        Instant modified,
        String id,
        List<Long> packageKeys,
        List<Long> nameKeys,
        Bytes body) {

    /// What stands before the checked part: length and checksum.
    static final int PREFIX = 8;

    /// No frame is longer: a record's canonical bytes hold less than its document, the keys a few bytes a name.
    static final int MAX_BYTES = 64 << 20;

    /// The size of a SHA-256.
    static final int DIGEST = 32;

    private static final int MAX_ID = 4096;
    private static final int MAX_KEYS = 1 << 20;

    static Frame of(Advisory advisory, Bytes source) {
        byte[] body = RecordCodec.encode(advisory);
        return new Frame(
                source,
                DatabaseDigest.ofRecord(body),
                advisory.modified(),
                advisory.id(),
                packageKeys(advisory),
                advisory.names().map(KeyHash::of).distinct().toList(),
                Bytes.wrap(body));
    }

    /// A withdrawn record affects nothing, so no package leads to it.
    private static List<Long> packageKeys(Advisory advisory) {
        if (advisory.isWithdrawn()) {
            return List.of();
        }
        return advisory.affected().stream()
                .map(Affected::packageName)
                .map(KeyHash::of)
                .distinct()
                .toList();
    }

    byte[] encode() {
        var writer = new BinaryWriter(body.size() + 512);
        writer.i32(0).i32(0);
        writer.raw(source.array()).raw(digest.array());
        writer.i64(modified.getEpochSecond()).i32(modified.getNano()).text(id);
        keys(writer, packageKeys);
        keys(writer, nameKeys);
        writer.raw(body.array());
        writer.overwriteI32(0, writer.size() - Integer.BYTES);
        writer.overwriteI32(Integer.BYTES, writer.checksumFrom(PREFIX));
        return writer.toBytes();
    }

    /// Reads a whole frame, length included, and checks its checksum.
    static Frame decode(byte[] bytes) {
        var reader = BinaryReader.over(bytes);
        int length = reader.i32();
        int checksum = reader.i32();
        if (length != bytes.length - Integer.BYTES || checksum != Checksum.of(bytes, PREFIX, bytes.length - PREFIX)) {
            throw new MalformedException("a record of " + bytes.length + " bytes does not have its checksum");
        }
        var source = Bytes.wrap(reader.raw(DIGEST));
        var digest = Bytes.wrap(reader.raw(DIGEST));
        var modified = Instant.ofEpochSecond(reader.i64(), reader.i32());
        String id = reader.text(MAX_ID);
        var packageKeys = keys(reader);
        var nameKeys = keys(reader);
        return new Frame(
                source, digest, modified, id, packageKeys, nameKeys, Bytes.wrap(reader.raw(reader.remaining())));
    }

    private static void keys(BinaryWriter writer, List<Long> keys) {
        writer.varint(keys.size());
        keys.forEach(writer::i64);
    }

    private static List<Long> keys(BinaryReader reader) {
        int count = reader.count(Math.min(MAX_KEYS, reader.remaining() / Long.BYTES));
        List<Long> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(reader.i64());
        }
        return keys;
    }

    /// Whether this frame holds over another one of the same id: the later modified; of equal times the greater
    /// digest, so that the outcome never depends on the order of files.
    boolean holdsOver(Instant otherModified, Bytes otherDigest) {
        int byTime = modified.compareTo(otherModified);
        return byTime != 0 ? byTime > 0 : Arrays.compareUnsigned(digest.array(), otherDigest.array()) > 0;
    }
}

package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One record as it stands in an index: what decides about its packages, the names under which it is found, then its
/// canonical bytes.
///
/// Entries and names are kept beside the body so that a question, and a later import that takes an unchanged record
/// over, need not read it. Each entry has a checksum of its own, because it is read alone.
///
/// ```
///  i32 length of what follows · i32 CRC-32C of what follows the checksum
///  32 bytes source digest · 32 bytes record digest · i32 where the body begins
///  i32 count, entries: i64 key · i32 length · i32 CRC-32C of what follows it
///                      · i32 how far back its frame begins · i32 place in the record · PackageEntry
///  i64 seconds, i32 nanos of `modified` · text id · count, i64… name keys · canonical bytes to the end
/// ```
///
/// @param source the SHA-256 of the document that the record was read from, as it lay in its file
/// @param digest the SHA-256 of `body`
/// @param entries one for each package that the record affects, in its order; none for a withdrawn record
record RecordFrame(
        Bytes source,
        Bytes digest,
        Instant modified,
        String id,
        List<PackageEntry> entries,
        List<Long> nameKeys,
        Bytes body) {

    /// What stands before the checked part: length and checksum.
    static final int PREFIX = 8;

    /// No frame is longer: a record's canonical bytes hold less than its document, entries less than the record.
    static final int MAX_BYTES = 64 << 20;

    /// The size of a SHA-256.
    static final int DIGEST = 32;

    private static final int BODY_POSITION = PREFIX + 2 * DIGEST;
    private static final int ENTRIES = BODY_POSITION + 2 * Integer.BYTES;

    /// What stands before an entry's length.
    private static final int KEY = Long.BYTES;

    /// What stands in an entry between its length and its scope: checksum, way back, place.
    private static final int ENTRY_HEAD = 3 * Integer.BYTES;

    private static final int MAX_ID = 4096;
    private static final int MAX_KEYS = 1 << 20;

    static RecordFrame of(Advisory advisory, Bytes source) {
        byte[] body = RecordCodec.encode(advisory);
        return new RecordFrame(
                source,
                DatabaseDigest.ofRecord(body),
                advisory.modified(),
                advisory.id(),
                entries(advisory),
                advisory.names().map(KeyHash::of).distinct().toList(),
                Bytes.wrap(body));
    }

    /// A withdrawn record affects nothing, so no package leads to it.
    private static List<PackageEntry> entries(Advisory advisory) {
        return advisory.isWithdrawn()
                ? List.of()
                : advisory.affected().stream().map(PackageEntry::of).toList();
    }

    byte[] encode() {
        var writer = new BinaryWriter(body.size() + 512);
        writer.i32(0).i32(0).raw(source.array()).raw(digest.array()).i32(0);
        writer.i32(entries.size());
        for (int place = 0; place < entries.size(); place++) {
            encodeEntry(writer, place);
        }
        writer.i64(modified.getEpochSecond()).i32(modified.getNano()).text(id);
        writer.varint(nameKeys.size());
        nameKeys.forEach(writer::i64);
        writer.overwriteI32(BODY_POSITION, writer.size());
        writer.raw(body.array());
        writer.overwriteI32(0, writer.size() - Integer.BYTES);
        writer.overwriteI32(Integer.BYTES, writer.checksumFrom(PREFIX));
        return writer.toBytes();
    }

    private void encodeEntry(BinaryWriter writer, int place) {
        var entry = entries.get(place);
        writer.i64(entry.key());
        int start = writer.size();
        writer.i32(ENTRY_HEAD + entry.bytes().size()).i32(0).i32(start).i32(place);
        writer.raw(entry.bytes().array());
        writer.overwriteI32(start + Integer.BYTES, writer.checksumFrom(start + PREFIX));
    }

    /// Where each entry's length stands, from the frame's beginning.
    int[] entryPositions() {
        int[] positions = new int[entries.size()];
        int at = ENTRIES;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at + KEY;
            at += KEY + Integer.BYTES + ENTRY_HEAD + entries.get(i).bytes().size();
        }
        return positions;
    }

    /// Reads a whole frame, length included, and checks its checksum.
    static RecordFrame decode(byte[] bytes) {
        var reader = checked(bytes);
        var source = Bytes.wrap(reader.raw(DIGEST));
        var digest = Bytes.wrap(reader.raw(DIGEST));
        reader.skip(Integer.BYTES);
        List<PackageEntry> entries = new ArrayList<>();
        for (int left = reader.i32(); left > 0; left--) {
            long key = reader.i64();
            int size = reader.i32() - ENTRY_HEAD;
            reader.skip(ENTRY_HEAD);
            entries.add(new PackageEntry(key, Bytes.wrap(reader.raw(size))));
        }
        var modified = Instant.ofEpochSecond(reader.i64(), reader.i32());
        String id = reader.text(MAX_ID);
        var nameKeys = keys(reader);
        return new RecordFrame(
                source, digest, modified, id, entries, nameKeys, Bytes.wrap(reader.raw(reader.remaining())));
    }

    /// Reads only the record of a whole frame, and checks the checksum.
    static Advisory record(byte[] bytes) {
        var reader = checked(bytes);
        reader.skip(2 * DIGEST);
        int body = reader.i32();
        return RecordCodec.decode(BinaryReader.over(bytes, body, bytes.length - body));
    }

    /// A reader behind length and checksum, once both are found right; frames and entries begin alike.
    static BinaryReader checked(byte[] bytes) {
        var reader = BinaryReader.over(bytes);
        int length = reader.i32();
        int checksum = reader.i32();
        if (length != bytes.length - Integer.BYTES || checksum != Checksum.of(bytes, PREFIX, bytes.length - PREFIX)) {
            throw new MalformedException("a record or entry of " + bytes.length + " bytes does not have its checksum");
        }
        return reader;
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

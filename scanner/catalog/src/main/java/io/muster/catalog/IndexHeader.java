package io.muster.catalog;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;

/// The first [#SIZE] bytes of an index: what it is, what it holds and where its tables stand.
///
/// ```
///  "MUSTADV" · u8 version · i32 records · i32 package rows · i32 name rows · i64 offset of the tables
///  32 bytes content digest · i32 CRC-32C of the tables · i32 bytes of the ecosystems
///  i32 CRC-32C of the header before it
///  frames … · tables: records (i64 offset, by id) · packages (i64 key, i64 offset of an entry, by key)
///  · names (i64 key, i64 offset of a record, by key) · ecosystems (count, texts in their order)
/// ```
record IndexHeader(
        int records, int packageRows, int nameRows, long tables, Bytes digest, int tablesChecksum, int ecosystemBytes) {

    static final int SIZE = 72;
    static final int VERSION = 3;

    private static final byte[] MAGIC = {'M', 'U', 'S', 'T', 'A', 'D', 'V'};
    private static final int CHECKED = SIZE - Integer.BYTES;

    byte[] encode() {
        var writer = new BinaryWriter(SIZE);
        writer.raw(MAGIC)
                .u8(VERSION)
                .i32(records)
                .i32(packageRows)
                .i32(nameRows)
                .i64(tables);
        writer.raw(digest.array()).i32(tablesChecksum).i32(ecosystemBytes);
        writer.raw(new byte[CHECKED - writer.size()]);
        writer.i32(writer.checksumFrom(0));
        return writer.toBytes();
    }

    static IndexHeader decode(byte[] bytes) {
        var reader = BinaryReader.over(bytes);
        if (!Bytes.wrap(reader.raw(MAGIC.length)).equals(Bytes.wrap(MAGIC))) {
            throw new MalformedException("this is no advisory index");
        }
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException(
                    "an advisory index of version " + version + ", this engine reads " + VERSION + ": import again");
        }
        var header = new IndexHeader(
                reader.i32(),
                reader.i32(),
                reader.i32(),
                reader.i64(),
                Bytes.wrap(reader.raw(32)),
                reader.i32(),
                reader.i32());
        reader.skip(CHECKED - reader.position());
        if (reader.i32() != Checksum.of(bytes, 0, CHECKED)) {
            throw new MalformedException("the header of the advisory index does not have its checksum");
        }
        return header;
    }

    long packages() {
        return tables + (long) records * Long.BYTES;
    }

    long names() {
        return packages() + (long) packageRows * IndexRow.SIZE;
    }

    long ecosystems() {
        return names() + (long) nameRows * IndexRow.SIZE;
    }

    long end() {
        return ecosystems() + ecosystemBytes;
    }
}

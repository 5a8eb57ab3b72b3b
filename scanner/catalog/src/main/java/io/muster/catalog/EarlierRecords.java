package io.muster.catalog;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records of the snapshot before, found by the digest of the document each was read from.
///
/// Eight bytes of the digest lead to the offset, the other twenty-four are compared in the file; so 300,000 records
/// cost the heap some 20 MB.
final class EarlierRecords implements AutoCloseable {

    private final Map<Long, Long> offsets = new HashMap<>();
    private final @Nullable IndexedDatabase database;

    private EarlierRecords(@Nullable IndexedDatabase database) {
        this.database = database;
    }

    /// There was no snapshot before.
    static EarlierRecords none() {
        return new EarlierRecords(null);
    }

    /// The records of the snapshot in `path`. One that cannot be read gives none: the import under way replaces it.
    static EarlierRecords openOrNone(Path path) throws IOException {
        try {
            return of(IndexedDatabase.open(path));
        } catch (MalformedException | NoSuchFileException e) {
            return none();
        }
    }

    private static EarlierRecords of(IndexedDatabase database) {
        var earlier = new EarlierRecords(database);
        for (Iterator<Long> each = database.offsets(); each.hasNext(); ) {
            long offset = each.next();
            earlier.offsets.put(key(database.source(offset)), offset);
        }
        return earlier;
    }

    /// The record read from the very same document, if there was one.
    Optional<RecordFrame> of(Bytes source) {
        @Nullable Long offset = offsets.get(key(source));
        if (offset == null || database == null) {
            return Optional.empty();
        }
        return Optional.of(database.frame(offset))
                .filter(frame -> frame.source().equals(source));
    }

    private static long key(Bytes source) {
        return ByteBuffer.wrap(source.array()).getLong();
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}

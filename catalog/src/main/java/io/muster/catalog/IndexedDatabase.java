package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Candidate;
import io.muster.advisories.Matcher;
import io.muster.advisories.Matching;
import io.muster.advisories.Provenance;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A database in an index file, mapped into memory: opening costs a checksum of its tables, a question touches only
/// the pages of its package.
///
/// The candidates of the packages asked for last are kept parsed; one process asks about few packages, but often.
/// Close it when no thread asks any more.
public final class IndexedDatabase implements AdvisoryDatabase {

    /// How many bytes of records stay parsed, as they stand in the file; in the heap they take some six times as much.
    /// A large scan asks for a few thousand packages with a few kilobytes each.
    private static final long MAX_CACHED_BYTES = 16 << 20;

    /// What a package costs beside its records, so that names which nobody has cannot fill the cache either.
    private static final long ENTRY_BYTES = 64;

    private final IndexFile file;
    private final String digest;
    private final Matcher matcher;
    private final ConcurrentHashMap<PackageName, List<Candidate>> cache = new ConcurrentHashMap<>();
    private final AtomicLong cachedBytes = new AtomicLong();

    private IndexedDatabase(IndexFile file) {
        this.file = file;
        digest = DatabaseDigest.text(file.header().digest());
        matcher = new Matcher(Provenance.ofDatabase(digest));
    }

    /// Opens an index; a file that is none, is of another version or is damaged throws [MalformedException].
    static IndexedDatabase open(Path path) throws IOException {
        try {
            return new IndexedDatabase(IndexFile.open(path));
        } catch (MalformedException e) {
            throw new MalformedException("cannot open " + path + ": " + e.getMessage());
        }
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public int recordCount() {
        return file.header().records();
    }

    @Override
    public Matching match(PackageName packageName, String version) {
        return matcher.match(candidates(LoadedDatabase.anyRelease(packageName)), packageName, version);
    }

    private List<Candidate> candidates(PackageName name) {
        List<Candidate> cached = cache.get(name);
        if (cached != null) {
            return cached;
        }
        return read(name);
    }

    private List<Candidate> read(PackageName name) {
        List<Candidate> candidates = new ArrayList<>();
        long bytes = 0;
        for (long offset : file.packageOffsets(KeyHash.of(name))) {
            var body = file.frame(offset).body();
            bytes += body.size();
            for (Candidate candidate : Candidate.of(RecordCodec.decode(body.array()))) {
                if (LoadedDatabase.anyRelease(candidate.packageName()).equals(name)) {
                    candidates.add(candidate);
                }
            }
        }
        var read = List.copyOf(candidates);
        keep(name, read, bytes);
        return read;
    }

    /// Forgetting everything at once is crude, but costs nothing until the limit is reached, which one scan rarely
    /// does.
    private void keep(PackageName name, List<Candidate> candidates, long bytes) {
        if (cachedBytes.addAndGet(bytes + ENTRY_BYTES) > MAX_CACHED_BYTES) {
            cache.clear();
            cachedBytes.set(bytes + ENTRY_BYTES);
        }
        cache.put(name, candidates);
    }

    @Override
    public Optional<Advisory> advisory(String id) {
        Optional<Advisory> byAlias = Optional.empty();
        for (long offset : file.nameOffsets(KeyHash.of(id))) {
            var advisory = advisoryAt(offset);
            if (advisory.id().equals(id)) {
                return Optional.of(advisory);
            }
            if (byAlias.isEmpty() && advisory.aliases().contains(id)) {
                byAlias = Optional.of(advisory);
            }
        }
        return byAlias;
    }

    /// All records, each read when the stream comes to it.
    @Override
    public Stream<Advisory> advisories() {
        return IntStream.range(0, recordCount()).mapToObj(ordinal -> advisoryAt(file.offset(ordinal)));
    }

    /// Where all records stand, for a later import that takes over what did not change.
    Iterator<Long> offsets() {
        return IntStream.range(0, recordCount()).mapToObj(file::offset).iterator();
    }

    Frame frame(long offset) {
        return file.frame(offset);
    }

    /// The digest of the document from which the record at `offset` was read.
    Bytes source(long offset) {
        return file.source(offset);
    }

    private Advisory advisoryAt(long offset) {
        return RecordCodec.decode(file.frame(offset).body().array());
    }

    @Override
    public void close() {
        file.close();
    }
}

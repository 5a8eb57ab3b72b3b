package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.AdvisorySummary;
import io.muster.advisories.Matcher;
import io.muster.advisories.MatcherEntry;
import io.muster.advisories.Matching;
import io.muster.advisories.Provenance;
import io.muster.advisories.RecordSource;
import io.muster.advisories.Reference;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A database in an index file, mapped into memory: opening costs a checksum of its tables, a question touches only
/// the pages of its package.
///
/// A question reads the entries of its package, and the records of which they say that they match. What was read stays
/// in memory for a while: a scan asks about few packages, but often, and its findings come from few records.
/// Close it when no thread asks any more.
public final class IndexedDatabase implements AdvisoryDatabase {

    /// How many bytes of entries stay parsed, as they stand in the file; in the heap they take some ten times as much.
    /// Enough for some forty thousand entries, which is ten large scans.
    private static final long MAX_ENTRY_BYTES = 4 << 20;

    /// About how many bytes of the heap summaries may take; some twenty thousand of them.
    private static final long MAX_BRIEF_BYTES = 48 << 20;

    /// What a short text takes beside its characters, with the list or record that holds it.
    private static final int TEXT_BYTES = 72;

    private final IndexFile file;
    private final String digest;
    private final Matcher matcher;
    private final List<Ecosystem> ecosystems;
    private final BoundedCache<PackageName, List<MatcherEntry>> entries = new BoundedCache<>(MAX_ENTRY_BYTES);
    private final BoundedCache<Long, AdvisorySummary> summaries = new BoundedCache<>(MAX_BRIEF_BYTES);

    private IndexedDatabase(IndexFile file) {
        this.file = file;
        digest = DatabaseDigest.text(file.header().digest());
        ecosystems = file.ecosystems().stream().map(Ecosystem::parse).toList();
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
        return matcher.match(entries(packageName.lookupKey()), packageName, version);
    }

    @Override
    public boolean speaksOf(Ecosystem ecosystem) {
        return ecosystems.stream().anyMatch(ecosystem::covers);
    }

    private List<MatcherEntry> entries(PackageName name) {
        return entries.get(name).orElseGet(() -> readEntries(name));
    }

    private List<MatcherEntry> readEntries(PackageName name) {
        List<MatcherEntry> read = new ArrayList<>();
        long size = 0;
        var record = new Stored(0);
        for (long offset : file.entryOffsets(KeyHash.of(name))) {
            byte[] entry = file.framed(offset);
            size += entry.length;
            var reader = RecordFrame.checked(entry);
            long frame = offset - reader.i32();
            record = frame == record.offset ? record : new Stored(frame);
            int place = reader.i32();
            var scope = PackageEntry.scope(reader, name);
            if (scope.packageName().lookupKey().equals(name)) {
                read.add(MatcherEntry.of(scope, record, place));
            }
        }
        var whole = List.copyOf(read);
        entries.put(name, whole, size);
        return whole;
    }

    /// The record whose frame stands at an offset.
    private final class Stored implements RecordSource {
        private final long offset;

        private Stored(long offset) {
            this.offset = offset;
        }

        @Override
        public AdvisorySummary summary() {
            return summaries.get(offset).orElseGet(() -> keepSummary(advisoryAt(offset)));
        }

        /// A version that may be listed mostly is, and then the summary is asked for next.
        @Override
        public List<String> versions(int place) {
            var advisory = advisoryAt(offset);
            keepSummary(advisory);
            return advisory.affected().get(place).versions();
        }

        private AdvisorySummary keepSummary(Advisory advisory) {
            var summary = AdvisorySummary.of(advisory);
            summaries.put(offset, summary, bytes(summary));
            return summary;
        }
    }

    private static long bytes(AdvisorySummary summary) {
        long bytes = (long) summary.summary().length() + summary.headline().length();
        for (Reference reference : summary.references()) {
            bytes += reference.url().length();
        }
        int texts = summary.references().size()
                + summary.aliases().size()
                + summary.related().size()
                + summary.ratings().size();
        return bytes + (4L + texts) * TEXT_BYTES;
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

    RecordFrame frame(long offset) {
        return RecordFrame.decode(file.framed(offset));
    }

    /// The digest of the document from which the record at `offset` was read.
    Bytes source(long offset) {
        return file.source(offset);
    }

    private Advisory advisoryAt(long offset) {
        return RecordFrame.record(file.framed(offset));
    }

    @Override
    public void close() {
        file.close();
    }
}

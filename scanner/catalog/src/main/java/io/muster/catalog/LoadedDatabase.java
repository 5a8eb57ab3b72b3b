package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.AdvisoryReader;
import io.muster.advisories.AdvisoryReading;
import io.muster.advisories.Matcher;
import io.muster.advisories.MatcherEntry;
import io.muster.advisories.Matching;
import io.muster.advisories.Provenance;
import io.muster.encoding.Bytes;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A database held in memory, for sets that are small or used once.
public final class LoadedDatabase implements AdvisoryDatabase {

    private final String digest;
    private final List<Advisory> advisories;
    private final Map<PackageName, List<MatcherEntry>> entries = new HashMap<>();
    private final Set<Ecosystem> ecosystems = new HashSet<>();
    private final Map<String, Advisory> byName = new HashMap<>();
    private final List<ImportProblem> problems;
    private final Matcher matcher;

    private LoadedDatabase(SortedMap<String, Kept> records, List<ImportProblem> problems) {
        this.problems = problems;
        advisories = records.values().stream().map(Kept::advisory).toList();
        var digest = new DatabaseDigest();
        for (Kept record : records.values()) {
            digest.add(record.advisory().id(), record.digest());
            add(record.advisory());
        }
        this.digest = DatabaseDigest.text(digest.bytes());
        matcher = new Matcher(Provenance.ofDatabase(this.digest));
    }

    private void add(Advisory advisory) {
        byName.put(advisory.id(), advisory);
        advisory.aliases().forEach(alias -> byName.putIfAbsent(alias, advisory));
        for (MatcherEntry entry : MatcherEntry.of(advisory)) {
            ecosystems.add(entry.packageName().ecosystem());
            entries.computeIfAbsent(entry.packageName().lookupKey(), missing -> new ArrayList<>())
                    .add(entry);
        }
    }

    static LoadedDatabase load(Path start) throws IOException {
        var loading = new Loading();
        Sources.walk(start, loading);
        return new LoadedDatabase(loading.records, loading.problems.toList());
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public int recordCount() {
        return advisories.size();
    }

    /// What was found and could not be taken in.
    public List<ImportProblem> problems() {
        return problems;
    }

    @Override
    public Matching match(PackageName packageName, String version) {
        return matcher.match(entries.getOrDefault(packageName.lookupKey(), List.of()), packageName, version);
    }

    @Override
    public boolean speaksOf(Ecosystem ecosystem) {
        return ecosystems.stream().anyMatch(ecosystem::covers);
    }

    @Override
    public Optional<Advisory> advisory(String id) {
        return Optional.ofNullable(byName.get(id));
    }

    @Override
    public Stream<Advisory> advisories() {
        return advisories.stream();
    }

    /// Does nothing: memory is given back by itself.
    @Override
    public void close() {}

    private record Kept(Advisory advisory, Bytes digest) {}

    private static final class Loading implements Sources.Visitor {
        private final SortedMap<String, Kept> records = new TreeMap<>();
        private final ImportProblems problems = new ImportProblems();

        @Override
        public void document(SourceEntry document) {
            switch (reading(document)) {
                case AdvisoryReading.Read(Advisory advisory) -> keep(advisory);
                case AdvisoryReading.Malformed malformed -> problems.add(ImportProblem.of(malformed));
            }
        }

        @Override
        public void problem(ImportProblem problem) {
            problems.add(problem);
        }

        private void keep(Advisory advisory) {
            var kept = new Kept(advisory, DatabaseDigest.ofRecord(RecordCodec.encode(advisory)));
            records.merge(advisory.id(), kept, LoadedDatabase::newer);
        }
    }

    static AdvisoryReading reading(SourceEntry document) {
        return Sources.isYaml(document.name())
                ? AdvisoryReader.yaml(document.name(), document.bytes().array())
                : AdvisoryReader.json(document.name(), document.bytes().array());
    }

    /// Of two records with one id the later modified holds; of equal times the greater digest, so that the outcome
    /// never depends on the order of files.
    private static Kept newer(Kept a, Kept b) {
        int byTime = a.advisory().modified().compareTo(b.advisory().modified());
        int order = byTime != 0
                ? byTime
                : Arrays.compareUnsigned(a.digest().array(), b.digest().array());
        return order >= 0 ? a : b;
    }
}

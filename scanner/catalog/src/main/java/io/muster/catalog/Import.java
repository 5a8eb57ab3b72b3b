package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.AdvisoryReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// One pass over the documents into a new index; a document that the snapshot before has read is taken over unread.
final class Import implements Sources.Visitor {

    private final IndexWriter writer;
    private final EarlierRecords earlier;
    private final ImportProgress progress;
    private final ImportProblems problems = new ImportProblems();
    private long documents;
    private long unchanged;

    Import(IndexWriter writer, EarlierRecords earlier, ImportProgress progress) {
        this.writer = writer;
        this.earlier = earlier;
        this.progress = progress;
    }

    /// Adds everything below `source`.
    void take(Path source) throws IOException {
        try {
            Sources.walk(source, this);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        progress.documents(documents, unchanged);
    }

    @Override
    public void document(SourceEntry document) {
        documents++;
        if (documents % ImportProgress.INTERVAL == 0) {
            progress.documents(documents, unchanged);
        }
        var source = DatabaseDigest.ofDocument(document.bytes().array());
        var known = earlier.of(source);
        if (known.isPresent()) {
            unchanged++;
            add(known.get());
            return;
        }
        switch (LoadedDatabase.reading(document)) {
            case AdvisoryReading.Read(Advisory advisory) -> add(RecordFrame.of(advisory, source));
            case AdvisoryReading.Malformed malformed -> problems.add(ImportProblem.of(malformed));
        }
    }

    private void add(RecordFrame frame) {
        try {
            writer.add(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void problem(ImportProblem problem) {
        problems.add(problem);
    }

    /// An empty database would take every package for clean.
    void requireAny(int records) throws NoAdvisoriesException {
        if (records == 0) {
            throw new NoAdvisoriesException(problems.toList());
        }
    }

    ImportReport report(DatabaseSnapshot snapshot, int records) {
        return new ImportReport(snapshot, records, documents, unchanged, problems.toList());
    }
}

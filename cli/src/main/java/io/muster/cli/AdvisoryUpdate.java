package io.muster.cli;

import io.muster.catalog.AdvisoryStore;
import io.muster.catalog.ImportReport;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Brings a database to the state of a server that is laid out as OSV's bucket: for each ecosystem a folder with
/// `all.zip`, `modified_id.csv` (newest first) and every record as `ID.json`.
///
/// The archive is fetched once. After that the list of changes says which records are newer than those at hand, and
/// only they are fetched, laid beside the archive, and read over it: of two records with one id the later holds. Where
/// they are many, or the server keeps no list, the archive is fetched again if it changed.
final class AdvisoryUpdate {
    /// Beyond this one archive is quicker than so many requests.
    private static final int MAX_SINGLE_RECORDS = 500;

    /// `2026-11-27T09:00:00Z,GHSA-…`; an id never leads to another folder.
    private static final Pattern CHANGE = Pattern.compile("([0-9TZ:.+-]{10,40}),([A-Za-z0-9][A-Za-z0-9._:-]{0,127})");

    private final AdvisorySource source;
    private final Path store;
    private final ProgressBar bar;

    AdvisoryUpdate(AdvisorySource source, Path store, ProgressBar bar) {
        this.source = source;
        this.store = store;
        this.bar = bar;
    }

    /// Fetches what changed and imports it; empty where nothing had.
    Optional<ImportReport> run(List<String> ecosystems) throws IOException, InterruptedException, MalformedException {
        boolean isChanged = false;
        for (String ecosystem : ecosystems) {
            isChanged |= update(ecosystem);
        }
        Optional<ImportReport> report = Optional.empty();
        if (isChanged || !AdvisoryStore.isStore(store)) {
            report = Optional.of(
                    AdvisoryStore.at(store).importFrom(records(), (seen, unchanged) -> bar.count("advisories", seen)));
        }
        Freshness.renew(store);
        return report;
    }

    private Path records() {
        return store.resolve("downloads").resolve("records");
    }

    private boolean update(String ecosystem) throws IOException, InterruptedException {
        Path folder = records().resolve(ecosystem);
        Path archive = folder.resolve("all.zip");
        Path list =
                store.resolve("downloads").resolve("changes").resolve(ecosystem).resolve("modified_id.csv");
        Path known = list.resolveSibling("known");
        String path = ecosystem.replace(" ", "%20") + "/";
        var fetched =
                source.fetch(path + "modified_id.csv", list, seen -> bar.count(ecosystem + " changes, bytes", seen));
        if (fetched == AdvisorySource.Fetched.UNCHANGED && Files.exists(archive) && Files.exists(known)) {
            return false;
        }
        boolean hasList = fetched != AdvisorySource.Fetched.ABSENT;
        var changes = hasList && Files.exists(known) && Files.exists(archive)
                ? newer(list, Files.readString(known).strip())
                : Optional.<List<String>>empty();
        boolean isChanged =
                changes.isPresent() ? single(path, folder, changes.get()) : whole(ecosystem, path, folder, archive);
        if (hasList) {
            Files.writeString(known, newest(list));
        }
        return isChanged;
    }

    private boolean single(String path, Path folder, List<String> ids) throws IOException, InterruptedException {
        int done = 0;
        for (String id : ids) {
            source.fetch(path + id + ".json", folder.resolve(id + ".json"), _ -> {});
            bar.show("records", ++done, ids.size());
        }
        return !ids.isEmpty();
    }

    private boolean whole(String ecosystem, String path, Path folder, Path archive)
            throws IOException, InterruptedException {
        var fetched = source.fetch(path + "all.zip", archive, seen -> bar.count(ecosystem + ", bytes", seen));
        switch (fetched) {
            case ABSENT ->
                throw CannotDo.usage("the server has no ecosystem '" + ecosystem
                        + "'; it is written as OSV writes it, such as npm, PyPI, Go, crates.io or Maven");
            case NEW -> withoutSingleRecords(folder);
            case UNCHANGED -> {}
        }
        return fetched == AdvisorySource.Fetched.NEW;
    }

    /// What was fetched record by record stands in the new archive.
    private static void withoutSingleRecords(Path folder) throws IOException {
        List<Path> single;
        try (Stream<Path> files = Files.list(folder)) {
            single = files.filter(file -> !file.endsWith("all.zip") && !file.endsWith("all.zip.state"))
                    .toList();
        }
        for (Path file : single) {
            Files.delete(file);
        }
    }

    /// The ids that changed after `known`; empty when they are too many to be fetched one by one.
    private static Optional<List<String>> newer(Path list, String known) throws IOException {
        var ids = new ArrayList<String>();
        try (var lines = Files.newBufferedReader(list)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var change = CHANGE.matcher(line.strip());
                if (!change.matches()) {
                    return Optional.empty();
                }
                if (change.group(1).compareTo(known) <= 0) {
                    return Optional.of(ids);
                }
                ids.add(change.group(2));
                if (ids.size() > MAX_SINGLE_RECORDS) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(ids);
    }

    private static String newest(Path list) throws IOException {
        try (var lines = Files.newBufferedReader(list)) {
            String first = lines.readLine();
            var change = CHANGE.matcher(first == null ? "" : first.strip());
            return change.matches() ? change.group(1) : "";
        }
    }
}

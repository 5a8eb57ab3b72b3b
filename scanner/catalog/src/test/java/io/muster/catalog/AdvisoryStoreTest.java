package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.advisories.Advisory;
import io.muster.advisories.Finding;
import io.muster.encoding.MalformedException;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryStoreTest {

    private static final PackageName STAR = new PackageName(Ecosystem.NPM, "star");

    @TempDir
    private Path folder;

    private Path source;
    private AdvisoryStore store;

    @BeforeEach
    void a_source_of_three_records() throws IOException {
        source = folder.resolve("source");
        store = AdvisoryStore.at(folder.resolve("store"));
        OsvFiles.write(source.resolve("EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        OsvFiles.write(source.resolve("EX-2.json"), OsvFiles.record("EX-2", "moon", "2.0.0"));
        OsvFiles.write(source.resolve("EX-3.yaml"), OsvFiles.yamlRecord("EX-3", "star", "1.1.0"));
    }

    private ImportReport importAll() throws IOException {
        return store.importFrom(source, ImportProgress.SILENT);
    }

    @Test
    void an_imported_database_answers_as_the_loaded_one_does() throws IOException {
        var loaded = AdvisoryDatabase.load(source);

        importAll();

        try (var indexed = store.open()) {
            assertThat(indexed.digest()).isEqualTo(loaded.digest());
            assertThat(indexed.recordCount()).isEqualTo(3);
            assertThat(indexed.match(STAR, "1.0.0")).isEqualTo(loaded.match(STAR, "1.0.0"));
            assertThat(indexed.findings(STAR, "1.0.0")).extracting(Finding::id).containsExactly("EX-1", "EX-3");
            assertThat(indexed.advisory("CVE-EX-2")).isEqualTo(loaded.advisory("EX-2"));
            assertThat(indexed.advisory("EX-9")).isEmpty();
            assertThat(indexed.advisories()).extracting(Advisory::id).containsExactly("EX-1", "EX-2", "EX-3");
        }
    }

    @Test
    void one_record_of_many_packages_releases_and_lists_answers_as_the_loaded_one_does() throws IOException {
        OsvFiles.write(source.resolve("EX-5.json"), """
                {"id": "EX-5", "modified": "2024-01-01T00:00:00Z", "summary": "About many", "affected": [
                 {"package": {"ecosystem": "PyPI", "name": "Ring_World"}, "versions": ["1.0", "1.1"]},
                 {"package": {"ecosystem": "Debian:11", "name": "ring"}, "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0-2"}]}]},
                 {"package": {"ecosystem": "Debian:12", "name": "ring"}, "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0-3"}]}]},
                 {"package": {"ecosystem": "npm", "name": "star"}, "ranges": [
                   {"type": "GIT", "repo": "https://example.org/star", "events": [{"introduced": "0"}]}]}]}
                """);
        var questions = List.of(
                "PyPI/ring-world@1.0.0",
                "PyPI/ring-world@1.2",
                "Debian/ring@1.0-1",
                "Debian:11/ring@1.0-2",
                "Debian:12/ring@1.0-2",
                "Debian:13/ring@1.0-1",
                "npm/star@1.0.0",
                "npm/sun@1");

        importAll();

        var loaded = AdvisoryDatabase.load(source);
        try (var indexed = store.open()) {
            for (String question : questions) {
                var name = new PackageName(
                        Ecosystem.parse(question.substring(0, question.indexOf('/'))),
                        question.substring(question.indexOf('/') + 1, question.indexOf('@')));
                String version = question.substring(question.indexOf('@') + 1);
                var expected = loaded.match(name, version);
                assertThat(indexed.match(name, version)).as(question).isEqualTo(expected);
                assertThat(indexed.match(name, version)).as(question + " again").isEqualTo(expected);
            }
            assertThat(indexed.findings(new PackageName(Ecosystem.PYPI, "ring.world"), "1.0.0"))
                    .hasSize(1);
        }
    }

    @Test
    void a_second_import_reads_only_what_changed() throws IOException {
        importAll();
        OsvFiles.write(source.resolve("EX-2.json"), OsvFiles.record("EX-2", "moon", "2.1.0"));
        OsvFiles.write(source.resolve("EX-4.json"), OsvFiles.record("EX-4", "sun", "1.0.0"));
        Files.delete(source.resolve("EX-3.yaml"));

        var report = importAll();

        assertThat(report.documents()).isEqualTo(3);
        assertThat(report.unchanged()).isEqualTo(1);
        try (var database = store.open()) {
            assertThat(database.advisories()).extracting(Advisory::id).containsExactly("EX-1", "EX-2", "EX-4");
            assertThat(database.digest())
                    .isEqualTo(AdvisoryDatabase.load(source).digest());
        }
    }

    @Test
    void an_open_snapshot_does_not_change_under_its_reader() throws IOException {
        importAll();
        try (var before = store.open()) {
            OsvFiles.write(source.resolve("EX-1.json"), OsvFiles.record("EX-1", "star", "9.0.0"));
            importAll();

            assertThat(before.findings(STAR, "5.0.0")).isEmpty();
            try (var after = store.open()) {
                assertThat(after.findings(STAR, "5.0.0")).hasSize(1);
                assertThat(after.digest()).isNotEqualTo(before.digest());
            }
            try (var again = store.open(before.digest())) {
                assertThat(again.findings(STAR, "5.0.0")).isEmpty();
            }
        }
    }

    @Test
    void the_same_content_again_is_the_same_snapshot() throws IOException {
        var first = importAll();

        var second = importAll();

        assertThat(second.unchanged()).isEqualTo(3);
        assertThat(second.snapshot().digest()).isEqualTo(first.snapshot().digest());
        assertThat(store.snapshots()).hasSize(1);
    }

    @Test
    void old_snapshots_go_and_the_one_in_use_stays() throws IOException {
        for (int version = 1; version <= AdvisoryStore.MAX_SNAPSHOTS + 2; version++) {
            OsvFiles.write(source.resolve("EX-1.json"), OsvFiles.record("EX-1", "star", version + ".0.0"));
            importAll();
        }

        assertThat(store.snapshots()).hasSize(AdvisoryStore.MAX_SNAPSHOTS);
        assertThat(store.snapshots())
                .extracting(DatabaseSnapshot::digest)
                .contains(store.currentDigest().orElseThrow());
    }

    @Test
    void what_a_crash_left_behind_is_overwritten() throws IOException {
        importAll();
        Files.writeString(folder.resolve("store/importing.tmp"), "half an index");
        Files.writeString(folder.resolve("store/current.tmp"), "half a digest");

        importAll();

        try (var database = store.open()) {
            assertThat(database.recordCount()).isEqualTo(3);
        }
        assertThat(folder.resolve("store/importing.tmp")).doesNotExist();
    }

    @Test
    void a_failed_import_leaves_the_snapshot_in_use() throws IOException {
        var digest = importAll().snapshot().digest();

        assertThatThrownBy(() -> store.importFrom(folder.resolve("nowhere"), ImportProgress.SILENT))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(store.currentDigest()).contains(digest);
    }

    @Test
    void a_second_import_at_the_same_time_is_refused() throws IOException {
        Files.createDirectories(folder.resolve("store"));
        try (var channel = FileChannel.open(
                        folder.resolve("store/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(this::importAll).hasMessageContaining("another import is under way");
        }
    }

    @Test
    void a_store_without_an_import_says_what_to_do() {
        assertThatThrownBy(store::open).hasMessageContaining("muster advisories import");
    }

    @Test
    void a_digest_that_is_none_is_refused_before_it_becomes_a_path() {
        assertThatThrownBy(() -> store.open("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_import_mends_a_damaged_snapshot() throws IOException {
        Path file = importAll().snapshot().file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(store::open)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("checksum")
                .hasMessageContaining(file.toString());

        assertThat(importAll().unchanged()).isZero();
        try (var database = store.open()) {
            assertThat(database.recordCount()).isEqualTo(3);
        }
    }

    @Test
    void progress_is_told_while_it_goes_and_at_the_end() throws IOException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < ImportProgress.INTERVAL; i++) {
            texts.add("p/" + i + ".json");
            texts.add(OsvFiles.record("P-" + i, "p" + i, "1.0.0"));
        }
        OsvFiles.zip(source.resolve("npm/all.zip"), texts.toArray(String[]::new));
        List<Long> heard = new ArrayList<>();

        store.importFrom(source, (seen, unchanged) -> heard.add(seen));

        assertThat(heard).containsExactly(1000L, 1003L);
    }
}

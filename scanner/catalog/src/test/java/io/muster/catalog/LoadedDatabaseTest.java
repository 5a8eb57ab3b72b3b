package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.advisories.Finding;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedDatabaseTest {

    private static final PackageName STAR = new PackageName(Ecosystem.NPM, "star");

    @TempDir
    private Path folder;

    @Test
    void a_folder_of_records_answers_for_its_packages() throws IOException {
        OsvFiles.write(folder.resolve("npm/EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        OsvFiles.write(folder.resolve("npm/deep/EX-2.yaml"), OsvFiles.yamlRecord("EX-2", "star", "1.1.0"));

        var database = AdvisoryDatabase.load(folder);

        assertThat(database.recordCount()).isEqualTo(2);
        assertThat(database.findings(STAR, "1.0.0")).extracting(Finding::id).containsExactly("EX-1", "EX-2");
        assertThat(database.findings(STAR, "1.1.5")).extracting(Finding::id).containsExactly("EX-1");
        assertThat(database.findings(STAR, "1.2.0")).isEmpty();
        assertThat(database.findings(STAR, "1.0.0").getFirst().provenance().databaseDigest())
                .isEqualTo(database.digest());
    }

    @Test
    void the_digest_is_that_of_the_content_however_it_is_packed() throws IOException {
        var one = OsvFiles.record("EX-1", "star", "1.2.0");
        var two = OsvFiles.record("EX-2", "moon", "2.0.0");
        OsvFiles.write(folder.resolve("a/npm/EX-1.json"), one);
        OsvFiles.write(folder.resolve("a/npm/EX-2.json"), two);
        OsvFiles.write(folder.resolve("b/z/first.yml"), OsvFiles.yamlRecord("EX-2", "moon", "2.0.0"));
        OsvFiles.write(folder.resolve("b/z/second.json"), one.replace("\": ", "\":   "));
        OsvFiles.zip(folder.resolve("c/npm/all.zip"), "EX-2.json", two, "EX-1.json", one);
        OsvFiles.write(folder.resolve("d/EX-1.json"), OsvFiles.record("EX-1", "star", "1.3.0"));
        OsvFiles.write(folder.resolve("d/EX-2.json"), two);

        String digest = AdvisoryDatabase.load(folder.resolve("a")).digest();

        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(AdvisoryDatabase.load(folder.resolve("b")).digest()).isEqualTo(digest);
        assertThat(AdvisoryDatabase.load(folder.resolve("c")).digest()).isEqualTo(digest);
        assertThat(AdvisoryDatabase.load(folder.resolve("c/npm/all.zip")).digest())
                .isEqualTo(digest);
        assertThat(AdvisoryDatabase.load(folder.resolve("d")).digest()).isNotEqualTo(digest);
    }

    @Test
    void of_two_records_with_one_id_the_later_modified_holds() throws IOException {
        var older = OsvFiles.record("EX-1", "star", "1.0.0", "2024-01-01T00:00:00Z");
        var newer = OsvFiles.record("EX-1", "star", "2.0.0", "2024-06-01T00:00:00Z");
        OsvFiles.zip(folder.resolve("a/all.zip"), "1.json", older, "2.json", newer);
        OsvFiles.zip(folder.resolve("b/all.zip"), "1.json", newer, "2.json", older);

        var a = AdvisoryDatabase.load(folder.resolve("a"));
        var b = AdvisoryDatabase.load(folder.resolve("b"));

        assertThat(a.recordCount()).isEqualTo(1);
        assertThat(a.findings(STAR, "1.5.0")).hasSize(1);
        assertThat(b.digest()).isEqualTo(a.digest());
    }

    @Test
    void a_record_is_found_by_its_id_and_by_its_alias() throws IOException {
        OsvFiles.write(folder.resolve("EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));

        var database = AdvisoryDatabase.load(folder);

        assertThat(database.advisory("EX-1")).isPresent();
        assertThat(database.advisory("CVE-EX-1")).isEqualTo(database.advisory("EX-1"));
        assertThat(database.advisory("EX-2")).isEmpty();
    }

    @Test
    void foreign_documents_do_not_keep_the_rest_from_being_loaded() throws IOException {
        OsvFiles.write(folder.resolve("EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        OsvFiles.write(folder.resolve("package.json"), "{\"name\": \"star\"}");
        OsvFiles.write(folder.resolve("broken.zip"), "no archive");
        OsvFiles.write(folder.resolve("notes.txt"), "not looked at");

        var database = AdvisoryDatabase.load(folder);

        assertThat(database.recordCount()).isEqualTo(1);
        assertThat(database.problems()).extracting(ImportProblem::source).containsExactly("broken.zip", "package.json");
    }

    @Test
    void a_place_that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> AdvisoryDatabase.load(folder.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
    }
}

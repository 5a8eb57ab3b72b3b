package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.advisories.AdvisoryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives and folders made to harm: each kind has one defined answer, and the honest records beside it are loaded.
class HostileArchiveTest {

    private static final String HONEST = OsvFiles.record("EX-1", "star", "1.2.0");

    @TempDir
    private Path folder;

    private String onlyProblem() throws IOException {
        var database = AdvisoryDatabase.load(folder);
        assertThat(database.recordCount()).isEqualTo(1);
        assertThat(database.problems()).hasSize(1);
        return database.problems().getFirst().toString();
    }

    @Test
    void names_that_lead_out_of_the_archive_are_refused() throws IOException {
        OsvFiles.zip(folder.resolve("all.zip"), "../EX-2.json", OsvFiles.record("EX-2", "x", "1"), "EX-1.json", HONEST);

        assertThat(onlyProblem()).isEqualTo("all.zip!../EX-2.json: the name leads out of the archive");
    }

    @Test
    void absolute_names_are_refused() throws IOException {
        OsvFiles.zip(folder.resolve("all.zip"), "/EX-2.json", OsvFiles.record("EX-2", "x", "1"), "EX-1.json", HONEST);

        assertThat(onlyProblem()).contains("leads out of the archive");
    }

    @Test
    void an_entry_that_inflates_like_a_bomb_is_refused() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("EX-1.json", HONEST.getBytes(StandardCharsets.UTF_8));
        entries.put("bomb.json", new byte[Archive.HARMLESS_BYTES * 8]);
        OsvFiles.zip(folder.resolve("all.zip"), entries);

        var database = AdvisoryDatabase.load(folder);

        assertThat(database.recordCount()).isEqualTo(1);
        assertThat(database.problems())
                .extracting(ImportProblem::toString)
                .anyMatch(it -> it.contains("inflates more than"));
    }

    @Test
    void an_archive_of_many_small_bombs_is_given_up() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 100; i++) {
            entries.put(i + ".json", new byte[Archive.HARMLESS_BYTES]);
        }
        OsvFiles.zip(folder.resolve("all.zip"), entries);

        var problems = AdvisoryDatabase.load(folder).problems();

        assertThat(problems).hasSizeLessThan(100);
        assertThat(problems.getLast().reason()).contains("the rest is left");
    }

    @Test
    void an_entry_larger_than_a_record_is_refused_without_being_held() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("EX-1.json", HONEST.getBytes(StandardCharsets.UTF_8));
        var noise = new byte[AdvisoryReader.MAX_RECORD_BYTES + 1];
        new Random(7).nextBytes(noise);
        entries.put("huge.json", noise);
        OsvFiles.zip(folder.resolve("all.zip"), entries);

        assertThat(onlyProblem()).contains("huge.json").contains("more than a record may have");
    }

    @Test
    void a_damaged_entry_is_reported_by_its_checksum() throws IOException {
        Path archive = folder.resolve("all.zip");
        OsvFiles.zip(archive, "EX-1.json", HONEST, "EX-2.json", OsvFiles.record("EX-2", "moon", "2.0.0"));
        byte[] bytes = Files.readAllBytes(archive);
        bytes[30 + "EX-1.json".length() + 40] ^= 0x10;
        Files.write(archive, bytes);

        assertThat(onlyProblem()).containsAnyOf("checksum", "cannot be inflated");
    }

    @Test
    void links_inside_the_tree_are_not_followed() throws IOException {
        OsvFiles.write(folder.resolve("EX-1.json"), HONEST);
        Files.createSymbolicLink(folder.resolve("loop.json"), folder);

        assertThat(onlyProblem()).isEqualTo("loop.json: symbolic links are not followed");
    }

    @Test
    void a_linked_folder_is_not_entered() throws IOException {
        OsvFiles.write(folder.resolve("EX-1.json"), HONEST);
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        var database = AdvisoryDatabase.load(folder);

        assertThat(database.recordCount()).isEqualTo(1);
        assertThat(database.problems()).isEmpty();
    }

    @Test
    void the_starting_point_itself_may_be_a_link() throws IOException {
        OsvFiles.write(folder.resolve("real/EX-1.json"), HONEST);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(AdvisoryDatabase.load(link).recordCount()).isEqualTo(1);
    }

    @Test
    void a_flood_of_problems_is_counted_not_kept() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < ImportProblem.MAX_KEPT + 50; i++) {
            entries.put(i + ".json", new byte[] {'{', '}'});
        }
        OsvFiles.zip(folder.resolve("all.zip"), entries);

        var problems = AdvisoryDatabase.load(folder).problems();

        assertThat(problems).hasSize(ImportProblem.MAX_KEPT + 1);
        assertThat(problems.getLast().reason()).startsWith("50 more");
    }
}

package io.muster.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.manifests.Component;
import io.muster.manifests.ManifestLimits;
import io.muster.manifests.ManifestReading;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFinderTest {

    @TempDir
    Path folder;

    @Test
    void finds_manifests_in_order_and_passes_over_what_is_not_ours() throws IOException {
        write("b/requirements.txt", "flask==2.0.0\n");
        write("a/go.mod", "module example.org/a\ngo 1.21\n");
        write("a/go.sum", "");
        write("alone/go.sum", "");
        write("node_modules/left/package-lock.json", "{}");
        write(".cache/Cargo.lock", "");
        write("target/bom.json", "{}");
        write("notes.txt", "");
        var finder = new ManifestFinder(folder);

        ManifestFinder.Walk walk = finder.walk();

        assertThat(walk.files().stream().map(finder::nameOf))
                .containsExactly("a/go.mod", "alone/go.sum", "b/requirements.txt");
        assertThat(walk.problems()).isEmpty();
    }

    @Test
    void a_folder_named_as_the_root_is_walked_whatever_its_name() throws IOException {
        write("vendor/requirements.txt", "flask==2.0.0\n");

        ManifestFinder.Walk walk = new ManifestFinder(folder.resolve("vendor")).walk();

        assertThat(walk.files()).hasSize(1);
    }

    @Test
    void a_root_that_is_a_link_is_the_folder_it_leads_to_and_a_loop_below_it_ends() throws IOException {
        write("real/requirements.txt", "flask==2.0.0\n");
        Files.createSymbolicLink(folder.resolve("real/loop"), folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        var finder = new ManifestFinder(link);

        ManifestFinder.Walk walk = finder.walk();

        assertThat(walk.files().stream().map(finder::nameOf)).containsExactly("requirements.txt");
    }

    @Test
    void files_beside_a_manifest_are_handed_to_its_reader() throws IOException {
        write("service/requirements.txt", "-r ../shared/base.txt\n");
        write("shared/base.txt", "flask==2.0.0\n");

        ManifestReading reading = new ManifestFinder(folder).read(folder.resolve("service/requirements.txt"));

        assertThat(((ManifestReading.Read) reading).manifest().components())
                .extracting(Component::label)
                .containsExactly("flask@2.0.0");
    }

    @Test
    void nothing_outside_the_root_is_opened_not_even_through_a_link() throws IOException {
        write("secret.txt", "flask==2.0.0\n");
        write("root/requirements.txt", "-r ../secret.txt\n-r linked.txt\n-r /etc/hostname\n");
        Files.createSymbolicLink(folder.resolve("root/linked.txt"), folder.resolve("secret.txt"));
        var finder = new ManifestFinder(folder.resolve("root"));

        ManifestReading reading = finder.read(finder.walk().files().getFirst());

        assertThat(((ManifestReading.Read) reading).manifest().components()).isEmpty();
        assertThat(((ManifestReading.Read) reading).warnings()).hasSize(3).allMatch(w -> w.contains("cannot be read"));
    }

    @Test
    void a_single_file_is_read_by_its_content_when_its_name_says_nothing() throws IOException {
        write("shop.json", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}");
        var finder = new ManifestFinder(folder.resolve("shop.json"));

        ManifestFinder.Walk walk = finder.walk();

        assertThat(finder.nameOf(walk.files().getFirst())).isEqualTo("shop.json");
        assertThat(finder.read(walk.files().getFirst())).isInstanceOf(ManifestReading.Read.class);
    }

    @Test
    void a_file_beyond_the_limit_is_refused_without_being_read() throws IOException {
        Path large = folder.resolve("bom.json");
        try (var sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(ManifestLimits.MANIFEST_BYTES + 1L);
        }

        ManifestReading reading = new ManifestFinder(folder).read(large);

        assertThat(reading).isInstanceOf(ManifestReading.Refused.class);
        assertThat(((ManifestReading.Refused) reading).reason()).contains("more than the 67108864 allowed");
    }

    @Test
    void a_root_that_is_not_there_is_a_problem_in_words() {
        ManifestFinder.Walk walk = new ManifestFinder(folder.resolve("gone")).walk();

        assertThat(walk.files()).isEmpty();
        assertThat(walk.problems()).hasSize(1).first().asString().contains("gone");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

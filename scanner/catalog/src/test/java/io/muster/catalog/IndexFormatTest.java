package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.MalformedException;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index file, byte by byte: what is written today must be read tomorrow, and what was damaged must be noticed.
class IndexFormatTest {

    @TempDir
    private Path folder;

    private Path index() throws IOException {
        OsvFiles.write(folder.resolve("source/EX-1.json"), OsvFiles.record("EX-1", "star", "1.2.0"));
        var store = AdvisoryStore.at(folder.resolve("store"));
        return store.importFrom(folder.resolve("source"), ImportProgress.SILENT)
                .snapshot()
                .file();
    }

    @Test
    void an_index_of_one_record_is_that_of_the_golden_file() throws IOException {
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(index()))).isEqualTo(golden("index-3.hex"));
    }

    @Test
    void an_index_of_the_version_before_is_refused_with_what_to_do() throws IOException {
        Path old = Files.write(folder.resolve("old"), HexFormat.of().parseHex(golden("index-2.hex")));

        assertThatThrownBy(() -> readAll(old)).hasMessageContaining("version 2").hasMessageContaining("import again");
    }

    private static String golden(String name) throws IOException {
        try (var stream = IndexFormatTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
        }
    }

    @Test
    void every_flipped_byte_is_noticed_before_it_becomes_an_answer() throws IOException {
        Path file = index();
        byte[] whole = Files.readAllBytes(file);

        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x40;
            Files.write(file, flipped);

            assertThatThrownBy(() -> readAll(file)).as("byte " + at).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void every_cut_is_noticed() throws IOException {
        Path file = index();
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> readAll(file)).isInstanceOf(MalformedException.class);
        }
    }

    private static int readAll(Path file) throws IOException {
        try (var database = IndexedDatabase.open(file)) {
            database.match(new PackageName(Ecosystem.NPM, "star"), "1.0.0");
            return database.advisories().toList().size();
        }
    }
}

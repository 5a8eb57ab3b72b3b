package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.SnapshotContents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots outside of a data folder.
final class SnapshotFileTest {
    private static final ClusterId CLUSTER = new ClusterId(0x1122, 0x3344);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("nightly.muster");
    }

    private byte[] written() throws IOException {
        Path source = folder.resolve("source");
        SnapshotFile.write(source, CLUSTER, SnapshotEvents.state(42));
        byte[] bytes = Files.readAllBytes(source);
        Files.delete(source);
        return bytes;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_was_written_is_read_back() throws Exception {
        SnapshotFile.write(file(), CLUSTER, SnapshotEvents.state(42));

        try (var whole = SnapshotFile.open(file())) {
            assertThat(whole.cluster()).isEqualTo(CLUSTER);
            assertThat(whole.meta().lastIndex()).isEqualTo(42);
            assertThat(SnapshotEvents.sections(whole.reader()))
                    .isEqualTo(SnapshotEvents.state(42).sections());
        }
    }

    @Test
    void what_arrives_whole_becomes_a_file_for_its_owner_alone() throws Exception {
        byte[] bytes = written();

        var found = SnapshotFile.receive(new ByteArrayInputStream(bytes), file());

        assertThat(found.damage()).isEmpty();
        assertThat(file()).hasBinaryContent(bytes);
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names()).containsExactly("nightly.muster");
    }

    @Test
    void what_breaks_off_anywhere_leaves_no_file() throws Exception {
        byte[] bytes = written();
        for (int length = 0; length < bytes.length; length++) {
            var broken = new ByteArrayInputStream(Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> SnapshotFile.receive(broken, file()))
                    .as("the first %d bytes", length)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no whole snapshot");
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void a_connection_that_fails_leaves_no_file_and_the_one_before() throws Exception {
        byte[] bytes = written();
        Files.writeString(file(), "last night's");
        var failing = new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, 150)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] to, int from, int most) throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatThrownBy(() -> SnapshotFile.receive(failing, file())).hasMessageContaining("connection reset");

        assertThat(names()).containsExactly("nightly.muster");
        assertThat(file()).hasContent("last night's");
    }

    @Test
    void a_flipped_bit_is_found_as_it_arrives() throws Exception {
        byte[] bytes = written();
        bytes[bytes.length / 2] ^= 4;

        assertThatThrownBy(() -> SnapshotFile.receive(new ByteArrayInputStream(bytes), file()))
                .isInstanceOf(EngineException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void a_look_at_a_damaged_file_says_where_and_what_is_whole_before_that() throws Exception {
        byte[] bytes = written();
        bytes[bytes.length - 20] ^= 4;
        Files.write(file(), bytes);

        var found = SnapshotFile.inspect(file());

        assertThat(found.damage().orElseThrow()).contains("does not match its checksum");
        assertThat(found.cluster().orElseThrow()).isEqualTo(CLUSTER);
        assertThat(found.parts()).extracting(SnapshotContents.Part::section).containsExactly("jobs");
        assertThat(found.parts().getFirst().chunks()).isEqualTo(2);
    }

    @Test
    void a_look_at_something_else_says_that_it_is_none() throws Exception {
        Files.writeString(file(), "a".repeat(100));

        var found = SnapshotFile.inspect(file());

        assertThat(found.cluster()).isEmpty();
        assertThat(found.damage()).contains("it does not begin as a snapshot does");
    }

    @Test
    void a_state_that_cannot_be_written_leaves_no_file() throws Exception {
        var broken = new SnapshotEvents.State(20, SnapshotEvents.state(20).sections(), () -> {
            throw new EngineException("no more");
        });

        assertThatThrownBy(() -> SnapshotFile.write(file(), CLUSTER, broken)).hasMessage("no more");
        assertThat(names()).isEmpty();
    }
}

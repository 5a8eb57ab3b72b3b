package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.client.MusterException;
import io.muster.client.ObjectTransfer;
import io.muster.client.ObjectTransfer.FileName;
import io.muster.objects.ObjectTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Objects on three whole nodes, some of which are stopped.
@Timeout(180)
final class ObjectsTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofSeconds(3);

    private static final ObjectTimes USUAL = ObjectTimes.USUAL;

    /// Looks often, and lets what nothing names go after a second.
    private static final ObjectTimes SHORT =
            new ObjectTimes(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMillis(100));

    @TempDir
    private Path folder;

    private Path content(int seed, int bytes) throws IOException {
        var content = new byte[bytes];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(content);
        return Files.write(folder.resolve("content-" + seed), content);
    }

    @Test
    void an_object_goes_up_through_any_node_and_comes_down_from_any_other() throws Exception {
        try (var nodes = ThreeNodes.started(folder, USUAL, 0)) {
            for (int up = 1; up <= 3; up++) {
                Path file = content(up, 9_000_000 + up);
                FileName name = FileName.of(file);

                var copies = nodes.transfer(PATIENT, up).upload(file, name);

                assertThat(copies.held()).isGreaterThanOrEqualTo(2);
                assertThat(copies.nodes()).isEqualTo(3);
                Path down = folder.resolve("down-" + up);
                nodes.transfer(PATIENT, up).download(name, down);
                assertThat(Files.mismatch(file, down)).isEqualTo(-1);
            }
        }
    }

    @Test
    void with_one_node_down_an_upload_works_and_with_two_it_is_refused_in_a_sentence() throws Exception {
        try (var nodes = ThreeNodes.started(folder, USUAL, 0)) {
            Path file = content(1, 100_000);
            FileName name = FileName.of(file);
            nodes.stop(3);
            assertThat(nodes.transfer(PATIENT, 1).upload(file, name).held()).isEqualTo(2);

            nodes.stop(2);
            Path second = content(2, 100_000);
            assertThatThrownBy(() -> nodes.transfer(IMPATIENT, 1).upload(second, FileName.of(second)))
                    .isInstanceOf(MusterException.class)
                    .hasMessageContaining("the object is on the disks of 1 of 3 nodes, 2 are needed")
                    .hasMessageContaining("node-2")
                    .hasMessageContaining("node-3");
        }
    }

    @Test
    void an_upload_whose_node_is_stopped_in_the_middle_ends_at_another() throws Exception {
        try (var nodes = ThreeNodes.started(folder, USUAL, 0)) {
            Path file = content(1, 80_000_000);
            FileName name = FileName.of(file);
            ObjectTransfer transfer = nodes.transfer(PATIENT, 1, 2);
            var upload = Thread.ofVirtual().unstarted(() -> {
                try {
                    transfer.upload(file, name);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            upload.start();
            Path incoming = nodes.file(1, name.digest())
                    .resolveSibling("../incoming/" + name.digest())
                    .normalize();
            while (!Files.exists(incoming) && upload.isAlive()) {
                Pause.shortly();
            }
            nodes.stop(1);
            upload.join();

            Path down = folder.resolve("down");
            nodes.transfer(PATIENT, 3).download(name, down);
            assertThat(Files.mismatch(file, down)).isEqualTo(-1);
        }
    }

    @Test
    void a_node_removes_what_nothing_names() throws Exception {
        try (var nodes = ThreeNodes.started(folder, SHORT, 0)) {
            Path file = content(1, 100_000);
            FileName name = FileName.of(file);
            nodes.transfer(PATIENT, 1).upload(file, name);

            for (int number = 1; number <= 3; number++) {
                while (Files.exists(nodes.file(number, name.digest()))) {
                    Pause.shortly();
                }
            }
            assertThatThrownBy(() -> nodes.transfer(IMPATIENT, 1).download(name, folder.resolve("down")))
                    .isInstanceOf(MusterException.class);
        }
    }

    @Test
    void a_node_whose_copy_is_damaged_answers_with_another_and_has_a_good_one_again() throws Exception {
        try (var nodes = ThreeNodes.started(folder, USUAL, 0)) {
            Path file = content(1, 3_000_000);
            FileName name = FileName.of(file);
            nodes.transfer(PATIENT, 1).upload(file, name);
            Path kept = nodes.file(1, name.digest());
            byte[] bytes = Files.readAllBytes(kept);
            bytes[1_500_000] ^= 1;
            Files.write(kept, bytes);

            Path down = folder.resolve("down");
            nodes.transfer(PATIENT, 1).download(name, down);

            assertThat(Files.mismatch(file, down)).isEqualTo(-1);
            assertThat(Files.mismatch(file, kept)).isEqualTo(-1);
            assertThat(nodes.folder(1).resolve("damaged").resolve(name.digest()))
                    .exists();
        }
    }
}

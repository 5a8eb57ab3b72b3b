package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.encoding.Tether;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that stores objects is killed in the middle of it, again and again in the same folder.
final class KilledStoreTest {
    private static final int OBJECT_BYTES = 300_000;
    private static final int KILLS = 3;
    private static final int STORED_BEFORE_KILL = 25;

    @TempDir
    private Path folder;

    /// Stores one object after the other and says of each when it is stored; it ends by being killed.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            var store = ObjectStore.open(Path.of(args[0]), ObjectTimes.USUAL, System::nanoTime);
            for (long seed = Long.parseLong(args[1]); ; seed++) {
                if (Content.put(store, Content.bytes(seed, OBJECT_BYTES), 65_537) instanceof ReceiveResult.Complete) {
                    System.out.println(seed);
                }
            }
        }
    }

    @Test
    void every_object_that_was_acknowledged_is_whole_after_kill_9() throws Exception {
        var stored = new ArrayList<Long>();
        for (int kill = 0; kill < KILLS; kill++) {
            var writer = new ProcessBuilder(Tether.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString(),
                            Long.toString(1_000L * kill)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = writer.inputReader()) {
                for (int i = 0; i < STORED_BEFORE_KILL; i++) {
                    stored.add(Long.parseLong(said.readLine()));
                }
                writer.destroyForcibly().waitFor();
            }
        }

        try (var store = ObjectStore.open(folder, ObjectTimes.USUAL, System::nanoTime)) {
            for (long seed : stored) {
                byte[] bytes = Content.bytes(seed, OBJECT_BYTES);
                assertThat(store.read(Content.id(bytes).digest(), 0, OBJECT_BYTES))
                        .as("object %d", seed)
                        .isEqualTo(new ReadResult.Read(Bytes.wrap(bytes)));
            }
            assertThat(store.damaged()).isZero();
            assertThat(folder.resolve("incoming")).isEmptyDirectory();
        }
    }
}

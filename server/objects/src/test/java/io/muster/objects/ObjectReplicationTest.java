package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.references.ObjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seam: how an object comes to this node, and to a majority.
final class ObjectReplicationTest {
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId SECOND = new NodeId("n2");
    private static final NodeId THIRD = new NodeId("n3");
    private static final byte[] BYTES = Content.bytes(1, 9 << 20);
    private static final ObjectId ID = Content.id(BYTES);

    @TempDir
    private Path folder;

    private final Map<NodeId, byte[]> held = new LinkedHashMap<>();
    private Optional<String> diskPressure = Optional.empty();
    private ObjectStore store;
    private ObjectReplication replication;

    private final class Peers implements ObjectPeers {
        @Override
        public Voters voters() {
            return Voters.of(Set.of(SELF, SECOND, THIRD));
        }

        @Override
        public Optional<Bytes> fetch(NodeId node, ObjectId id, long offset, int length) {
            byte[] bytes = held.get(node);
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(Bytes.wrap(Arrays.copyOfRange(bytes, (int) offset, (int) offset + length)));
        }

        /// One that does not hold it does not answer.
        @Override
        public CompletableFuture<Optional<String>> secure(NodeId node, ObjectId id, Duration patience) {
            return held.containsKey(node)
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : new CompletableFuture<>();
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = ObjectStore.open(folder, ObjectTimes.USUAL, System::nanoTime);
        replication = new ObjectReplication(SELF, store, new Peers(), () -> diskPressure);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_one_node_gives_damaged_is_fetched_from_another() throws Exception {
        byte[] damaged = BYTES.clone();
        damaged[5 << 20] ^= 1;
        held.put(SECOND, damaged);
        held.put(THIRD, BYTES);

        assertThat(replication.secure(ID)).isEmpty();
        assertThat(store.find(ID.digest())).contains(ID);
    }

    @Test
    void what_no_node_gives_is_said_of_the_last() throws Exception {
        assertThat(replication.secure(ID)).contains("n3 does not give it");
    }

    @Test
    void a_node_that_is_short_of_disk_fetches_nothing() throws Exception {
        held.put(SECOND, BYTES);
        diskPressure = Optional.of("12 MiB left");

        assertThat(replication.secure(ID))
                .hasValueSatisfying(reason -> assertThat(reason).contains("12 MiB left"));
        assertThat(store.received(ID)).isZero();
    }

    @Test
    void a_majority_is_enough_and_nobody_waits_for_the_others() throws Exception {
        Content.put(store, BYTES, 4 << 20);
        held.put(THIRD, BYTES);

        var copies = replication.spread(ID, Duration.ofHours(1));

        assertThat(copies.isMajority()).isTrue();
        assertThat(copies.holders()).containsExactlyInAnyOrder(SELF, THIRD);
    }

    @Test
    void who_does_not_answer_in_time_is_named() throws Exception {
        Content.put(store, BYTES, 4 << 20);

        var copies = replication.spread(ID, Duration.ofMillis(1));

        assertThat(copies.isMajority()).isFalse();
        assertThat(copies.sentence())
                .isEqualTo("the object is on the disks of 1 of 3 nodes, 2 are needed:"
                        + " n2 does not: it has not answered in time; n3 does not: it has not answered in time");
    }
}

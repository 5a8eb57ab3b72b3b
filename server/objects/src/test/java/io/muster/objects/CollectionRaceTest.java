package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.references.ObjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads, proofs, proposals, losses and collections of three nodes in orders drawn from a seed, with one log. What
/// the log names is on a majority's disks at the entry that names it.
final class CollectionRaceTest {
    private static final long SEED = Long.getLong("seed", 5);
    private static final int STEPS = 4_000;
    private static final int CONTENTS = 6;
    private static final Duration PIN = Duration.ofMinutes(60);

    /// A leader proposes at most this long after it began to ask.
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Entry> log = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();
    private long nanos;
    private int namings;
    private int removals;

    private sealed interface Entry {
        record Name(ObjectId id) implements Entry {}

        record Forget(ObjectId id) implements Entry {}

        record Mark() implements Entry {}
    }

    private record Proof(ObjectId id, long begunNanos) {}

    private final class SimulatedNode implements ObjectNames {
        private final NodeId id;
        private final ObjectStore store;
        private final ObjectKeeper keeper;
        private final Set<ObjectId> named = new HashSet<>();
        private int applied;

        SimulatedNode(int number) throws IOException {
            id = new NodeId("n" + number);
            var times = new ObjectTimes(PIN, PIN, Duration.ofSeconds(1));
            store = ObjectStore.open(folder.resolve(id.value()), times, () -> nanos);
            keeper = new ObjectKeeper(
                    new ObjectReplication(id, store, new Peers(), Optional::empty), this, times, () -> nanos);
        }

        void apply(int upTo) {
            for (; applied < upTo; applied++) {
                switch (log.get(applied)) {
                    case Entry.Name(var object) -> named.add(object);
                    case Entry.Forget(var object) -> named.remove(object);
                    case Entry.Mark() -> {}
                }
            }
        }

        @Override
        public Set<ObjectId> named() {
            return Set.copyOf(named);
        }

        /// Between the order and the mark others get their turn.
        @Override
        public boolean mark() {
            while (random.nextInt(3) > 0) {
                step(random.nextInt(4));
            }
            log.add(new Entry.Mark());
            apply(log.size());
            return random.nextInt(8) > 0;
        }
    }

    private final class Peers implements ObjectPeers {
        @Override
        public Voters voters() {
            return Voters.of(nodes.stream().map(node -> node.id).collect(Collectors.toSet()));
        }

        @Override
        public Optional<Bytes> fetch(NodeId node, ObjectId id, long offset, int length) {
            return store(node).read(id.digest(), offset, length) instanceof ReadResult.Read(Bytes bytes)
                    ? Optional.of(bytes)
                    : Optional.empty();
        }

        @Override
        public CompletableFuture<Optional<String>> secure(NodeId node, ObjectId id, Duration patience) {
            if (random.nextInt(4) == 0) {
                return CompletableFuture.completedFuture(Optional.of("it does not answer"));
            }
            try {
                return CompletableFuture.completedFuture(
                        new ObjectReplication(node, store(node), new Peers(), Optional::empty).secure(id));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private SimulatedNode node(NodeId id) {
            return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
        }

        private ObjectStore store(NodeId id) {
            return node(id).store;
        }
    }

    @Test
    void what_the_log_names_is_on_a_majoritys_disks_whatever_is_collected() throws Exception {
        System.out.println("CollectionRaceTest seed=" + SEED);
        for (int i = 1; i <= 3; i++) {
            nodes.add(new SimulatedNode(i));
        }
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(4) == 0) {
                look();
            } else {
                step(random.nextInt(6));
            }
            checkEnd();
        }

        assertThat(namings).as("objects were named").isGreaterThan(50);
        assertThat(removals).as("objects were removed").isGreaterThan(50);
        for (SimulatedNode node : nodes) {
            node.store.close();
        }
    }

    /// Also what was named long ago is where it was proven to be, whichever node has applied how much.
    private void checkEnd() {
        var named = new HashSet<ObjectId>();
        for (Entry entry : log) {
            switch (entry) {
                case Entry.Name(var object) -> named.add(object);
                case Entry.Forget(var object) -> named.remove(object);
                case Entry.Mark() -> {}
            }
        }
        for (ObjectId id : named) {
            assertThat(holders(id)).as("after entry %d: %s", log.size(), id).isGreaterThanOrEqualTo(2);
        }
    }

    private long holders(ObjectId id) {
        return nodes.stream()
                .filter(node -> node.store.find(id.digest()).isPresent())
                .count();
    }

    private void look() throws InterruptedException {
        SimulatedNode node = any();
        int before = node.store.count();
        node.keeper.look();
        removals += Math.max(0, before - node.store.count());
    }

    private void step(int kind) {
        switch (kind) {
            case 0 -> Content.put(any().store, content(), 50);
            case 1 -> prove();
            case 2 -> propose();
            case 3 -> nanos += random.nextLong(PIN.toNanos() / 3);
            case 4 -> any().apply(random.nextInt(log.size() + 1));
            default -> forget();
        }
    }

    private SimulatedNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private byte[] content() {
        return Content.bytes(random.nextInt(CONTENTS), 100);
    }

    private void prove() {
        SimulatedNode leader = any();
        ObjectId id = Content.id(content());
        long begun = nanos;
        try {
            var copies = new ObjectReplication(leader.id, leader.store, new Peers(), Optional::empty)
                    .spread(id, Duration.ofSeconds(1));
            if (copies.isMajority()) {
                proofs.add(new Proof(id, begun));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void propose() {
        if (proofs.isEmpty()) {
            return;
        }
        Proof proof = proofs.remove(random.nextInt(proofs.size()));
        if (nanos - proof.begunNanos() > WINDOW.toNanos()) {
            return;
        }
        log.add(new Entry.Name(proof.id()));
        namings++;
        assertThat(holders(proof.id()))
                .as("entry %d names %s", log.size(), proof.id())
                .isGreaterThanOrEqualTo(2);
    }

    /// The ledger forgets an object: the same entry on every node.
    private void forget() {
        log.add(new Entry.Forget(Content.id(content())));
    }
}

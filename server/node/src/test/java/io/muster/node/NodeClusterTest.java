package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.ClusterPort;
import io.muster.api.ClusterPortContract;
import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.encoding.Bytes;
import io.muster.history.HistoryStore;
import io.muster.log.Asker;
import io.muster.log.Engine;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import io.muster.values.ValueCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node with its real engine, log and state, alone in its cluster.
final class NodeClusterTest extends ClusterPortContract {
    @Override
    protected LoneCluster open(Path folder) throws IOException {
        return new RealCluster(ConfigFile.read(LoneNode.write(folder, 0), ""));
    }

    @Test
    void a_write_for_which_there_is_no_room_is_told_so_and_not_taken(@TempDir Path other) throws Exception {
        try (var cluster = open(other)) {
            var first = cluster.port().propose(write(0)).toCompletableFuture();
            int refused = 0;
            CompletableFuture<Outcome> next;
            do {
                refused++;
                next = cluster.port().propose(write(refused)).toCompletableFuture();
            } while (!next.isDone());
            String missing = key(refused);

            cluster.lead();

            assertThat(next.get()).isInstanceOf(Outcome.Overloaded.class);
            var _ = first.get();
            var isThere = cluster.port()
                    .read(state -> state.values().find(missing).isPresent())
                    .toCompletableFuture();
            assertThat(isThere.get()).isFalse();
        }
    }

    private static Envelope write(int number) {
        var set = new ValueCommand.Set(key(number), Bytes.utf8("1"));
        return Envelope.of(set, Asker.CLUSTER);
    }

    private static String key(int number) {
        return "key-" + number;
    }

    private static final class RealCluster implements LoneCluster {
        private final CoordinatorLoop coordinator;
        private final Engine engine;
        private final NodeCluster port;
        private final HistoryStore history;

        RealCluster(NodeConfig config) throws IOException {
            PrivateFolder.make(config.data(), PrivateFolder.NODE_LOCK);
            var facts = CoordinatorFacts.alone(ClusterState.FEATURE_LEVEL, List.of());
            coordinator = new CoordinatorLoop("node-1", _ -> facts, failure -> {
                throw new AssertionError(failure);
            });
            engine = config.engine().open(config, Map.of(), coordinator);
            var log = new DiskWatch.LogSize(engine::logBytes, config.maxLogBytes());
            var disk = new DiskWatch(config.data(), 0, () -> Long.MAX_VALUE, log, () -> {});
            var watches = new NodeCluster.Watches(disk, new NodeCertificates.None().watch());
            history = HistoryStore.open(config.data(), config.foundingId(), failure -> {
                throw new AssertionError(failure);
            });
            var backups = new Backups(config, config.foundingId(), coordinator, history);
            var parts = new NodeCluster.Parts(
                    engine,
                    config.foundingId(),
                    coordinator,
                    new NodeKeys(config),
                    backups,
                    new NodeCertificates.None(),
                    watches);
            port = new NodeCluster(config, parts, "");
            coordinator.start(new Coordinator(config.self().id(), engine::propose, coordinator, _ -> {}, coordinator));
        }

        @Override
        public ClusterPort port() {
            return port;
        }

        @Override
        public void lead() throws InterruptedException {
            engine.start();
            while (!isLeading()) {
                Pause.shortly();
            }
        }

        @Override
        public void depose() {
            engine.close();
        }

        @Override
        public void close() {
            engine.close();
            coordinator.close();
        }

        private boolean isLeading() {
            var answer = new CompletableFuture<Boolean>();
            coordinator.withCoordinator(owned -> answer.complete(owned.isLeading()));
            return answer.join();
        }
    }
}

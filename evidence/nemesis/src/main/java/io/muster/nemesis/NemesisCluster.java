package io.muster.nemesis;

import io.muster.client.ClientConfig;
import io.muster.client.ClusterDocument;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.NodeDocument;
import io.muster.tls.ServerTrust;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Three machines that speak mutual TLS over a network which can be cut.
final class NemesisCluster implements AutoCloseable {
    static final int NODES = 3;

    private static final Duration CALL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration HEAL_PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 200;

    private final Namespaces namespaces;
    private final List<NodeMachine> machines = new ArrayList<>();
    private final HttpConnections transport;
    private final ApiKey key;
    private final MusterClient client;

    /// @param folder an empty folder for everything that it writes
    NemesisCluster(Path folder, Path muster, Optional<Path> faketime) throws IOException, InterruptedException {
        namespaces = Namespaces.layOut(NODES);
        Files.writeString(folder.resolve("muster.yaml"), configuration());
        Shell.run(
                muster.toString(),
                "init",
                "--config",
                folder.resolve("muster.yaml").toString());
        for (int number = 1; number <= NODES; number++) {
            var machine = new NodeMachine(number, folder, muster, faketime);
            machine.prepare();
            machine.start();
            machines.add(machine);
        }
        transport = new HttpConnections(ServerTrust.in(folder.resolve("tls").resolve("ca.pem")));
        Path keyFile = folder.resolve("admin.key");
        while (!Files.exists(keyFile)) {
            requireRunning();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        key = ApiKey.read(keyFile);
        client = new MusterClient(new ClientConfig(addresses(), CALL_PATIENCE), key, transport);
        awaitWhole();
    }

    private static String configuration() {
        var yaml = new StringBuilder("""
                raft: {profile: slow, snapshotLogMebibytes: 4}
                tls:
                node: {slots: 8, minFreeMebibytes: 8, adminKeyFile: admin.key}
                cluster:
                  name: nemesis
                  nodes:
                """);
        for (int number = 1; number <= NODES; number++) {
            String host = Namespaces.address(number);
            yaml.append("    - {id: node-")
                    .append(number)
                    .append(", node: \"")
                    .append(host)
                    .append(":7101\", api: \"");
            yaml.append(host).append(":7102\"}\n");
        }
        return yaml.toString();
    }

    private void requireRunning() throws IOException {
        for (NodeMachine machine : machines) {
            if (!machine.isRunning()) {
                throw new IOException("node-" + machine.number() + " ended while the cluster was founded: see its log");
            }
        }
    }

    Namespaces namespaces() {
        return namespaces;
    }

    List<NodeMachine> machines() {
        return machines;
    }

    private List<String> addresses() {
        return machines.stream().map(NodeMachine::address).toList();
    }

    /// A client that asks one node only, so that it sees what that node believes.
    MusterClient clientOf(int number) {
        var address = machines.get(number - 1).address();
        return new MusterClient(new ClientConfig(List.of(address), CALL_PATIENCE), key, transport);
    }

    /// A client that asks any node.
    MusterClient client() {
        return client;
    }

    /// Who leads now; waits until somebody does.
    NodeMachine leader() throws InterruptedException {
        while (true) {
            try {
                String leader = client.cluster().leader();
                if (leader != null) {
                    return machines.get(Integer.parseInt(leader.substring("node-".length())) - 1);
                }
            } catch (MusterException e) {
                // Nobody answers just now.
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    NodeMachine follower(RandomGenerator chance) throws InterruptedException {
        var others = namespaces.others(leader().number());
        return machines.get(others.get(chance.nextInt(others.size())) - 1);
    }

    /// Ends every trouble and demands that the cluster is whole again; answers how long that took, in milliseconds.
    long heal() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        namespaces.heal();
        for (NodeMachine machine : machines) {
            machine.thaw();
            machine.emptyDisk();
            machine.endOwnClock();
        }
        awaitWhole();
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /// A node that stopped itself, as it should where its disk refuses, is started anew.
    private void awaitWhole() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String seen = "nothing";
        while (System.nanoTime() - begun < HEAL_PATIENCE.toNanos()) {
            for (NodeMachine machine : machines) {
                if (!machine.isRunning()) {
                    machine.start();
                }
            }
            try {
                ClusterDocument cluster = client.cluster();
                seen = cluster.nodes().toString();
                if (isWhole(cluster)) {
                    return;
                }
            } catch (MusterException e) {
                seen = String.valueOf(e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new NoProgress(
                "the cluster is not whole " + HEAL_PATIENCE.toSeconds() + " s after the trouble ended: " + seen);
    }

    private static boolean isWhole(ClusterDocument cluster) {
        long working = cluster.workers().stream()
                .filter(worker -> worker.state().equals("joined"))
                .count();
        return cluster.leader() != null
                && working == NODES
                && cluster.nodes().stream().allMatch(node -> isLevel(node, cluster.index()));
    }

    private static boolean isLevel(NodeDocument node, long index) {
        return node.connected() && node.applied() >= index;
    }

    @Override
    public void close() {
        transport.close();
        for (NodeMachine machine : machines) {
            try {
                machine.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The cluster did not come back, though nothing is in its way any more.
    static final class NoProgress extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoProgress(String message) {
            super(message);
        }
    }
}

package io.muster.node;

import io.muster.api.LoggedNames;
import io.muster.api.PeerObjects;
import io.muster.http.HttpSecurity;
import io.muster.objects.ObjectKeeper;
import io.muster.objects.ObjectReplication;
import io.muster.objects.ObjectStore;
import io.muster.objects.ObjectTimes;
import java.io.IOException;
import java.nio.file.Path;

/// The objects of one node, with what moves and collects them.
final class NodeObjects implements AutoCloseable {
    private static final String FOLDER = "objects";

    private final ObjectStore store;
    private final PeerObjects peers;
    private final LoggedNames names;
    private final ObjectReplication replication;
    private final ObjectKeeper keeper;

    private NodeObjects(ObjectStore store, NodeCluster cluster, HttpSecurity security, ObjectTimes times) {
        this.store = store;
        peers = new PeerObjects(cluster, security);
        names = new LoggedNames(cluster, security);
        replication = new ObjectReplication(cluster.self(), store, peers, cluster::diskPressure);
        keeper = new ObjectKeeper(replication, names, times, System::nanoTime);
    }

    /// Opens the objects in the data folder; nothing is asked before [#start].
    static NodeObjects open(Path data, NodeCluster cluster, HttpSecurity security, ObjectTimes times)
            throws IOException {
        return new NodeObjects(
                ObjectStore.open(data.resolve(FOLDER), times, System::nanoTime), cluster, security, times);
    }

    ObjectReplication replication() {
        return replication;
    }

    void start() {
        keeper.start();
    }

    /// Asks nobody for anything any more; what is held here can still be read.
    void stop() {
        keeper.close();
    }

    @Override
    public void close() {
        stop();
        names.close();
        peers.close();
        store.close();
    }
}

package io.muster.api;

import java.nio.file.Path;

/// The cluster of the tests of routes.
final class FakeClusterTest extends ClusterPortContract {
    @Override
    protected LoneCluster open(Path folder) {
        var cluster = new FakeCluster("node-1");
        return new LoneCluster() {
            @Override
            public ClusterPort port() {
                return cluster;
            }

            @Override
            public void lead() {
                cluster.led("node-1", 1);
            }

            @Override
            public void depose() {
                cluster.leaderless(1);
            }

            @Override
            public void close() {
                cluster.close();
            }
        };
    }
}

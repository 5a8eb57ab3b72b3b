package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one node needs to know to take part.
///
/// @param identity which cluster, node and group it is
/// @param folder where its log is
/// @param listen where it listens for other nodes; on loopback where nothing else protects them
/// @param peers the other voters and where they listen
/// @param security what protects the connections with them
/// @param hello what it tells the others about itself
/// @param secret what every node of the cluster proves to know
/// @param maxLogBytes how large the log may grow
/// @param raft the protocol's times and limits
public record RaftEngineSettings(
        LogIdentity identity,
        Path folder,
        InetSocketAddress listen,
        SortedMap<NodeId, InetSocketAddress> peers,
        NodePortSecurity security,
        Hello hello,
        ClusterSecret secret,
        long maxLogBytes,
        RaftSettings raft) {
    public RaftEngineSettings {
        peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
        if (peers.containsKey(identity.node())) {
            throw new IllegalArgumentException("node " + identity.node() + " cannot be a peer of itself");
        }
        if (!hello.node().equals(identity.node()) || !raft.self().equals(identity.node())) {
            throw new IllegalArgumentException("identity, hello and settings are of different nodes");
        }
    }

    /// Everyone who votes when a new cluster begins.
    Configuration voters() {
        var voters = new TreeSet<>(peers.keySet());
        voters.add(identity.node());
        return Configuration.of(voters);
    }
}

package io.muster.raftruntime;

import io.muster.log.MemberAddresses;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where members are: where the log says, or else where this node was told at its start.
///
/// A host's name is looked up on another thread: the one that asks also sends heartbeats, and a name server may take
/// seconds.
final class AddressBook {
    private final NodeId self;
    private final SortedMap<NodeId, InetSocketAddress> told;
    private final Runnable wake;
    private final AtomicReference<@Nullable Entry> newest = new AtomicReference<>();
    private Configuration asked = Configuration.NONE;

    /// What was found for a configuration.
    private record Entry(Configuration configuration, TcpTransport.Directory members) {}

    /// @param told where this node was told that the others are
    /// @param wake rung, from another thread, when something was found
    AddressBook(NodeId self, Map<NodeId, InetSocketAddress> told, Runnable wake) {
        this.self = self;
        this.told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
        this.wake = wake;
    }

    /// Looks up where the members of `configuration` are. A node that was told of no configuration yet stays with those
    /// that it was told of at its start.
    void lookUp(Configuration configuration) {
        if (configuration.members().isEmpty()) {
            return;
        }
        asked = configuration;
        Thread.ofVirtual().name("muster-addresses").start(() -> {
            newest.set(new Entry(configuration, found(configuration)));
            wake.run();
        });
    }

    /// What was looked up last, once; nothing while that goes on.
    Optional<TcpTransport.Directory> take() {
        Entry entry = newest.getAndSet(null);
        return entry != null && entry.configuration().equals(asked) ? Optional.of(entry.members()) : Optional.empty();
    }

    private TcpTransport.Directory found(Configuration configuration) {
        var addresses = new TreeMap<NodeId, InetSocketAddress>();
        for (NodeId member : configuration.members()) {
            MemberAddresses named = configuration.addresses().get(member);
            InetSocketAddress at = named == null ? told.get(member) : socket(named.node());
            if (at != null && !member.equals(self)) {
                addresses.put(member, at);
            }
        }
        return new TcpTransport.Directory(addresses, configuration.identities());
    }

    /// Looks the host up.
    private static InetSocketAddress socket(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "");
        try {
            return new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return InetSocketAddress.createUnresolved(address, 0);
        }
    }
}

package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.FoundingStatus;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A transport's links: one with each other member, made and ended as members come, move and go. Owned by the
/// transport's thread.
final class PeerLinks {
    private static final Logger log = LoggerFactory.getLogger(PeerLinks.class);

    /// Longer than a member that was removed is sent the log for, so that it learns by it that it was: a few election
    /// timeouts, three seconds by default.
    private static final long PARTING_NANOS = 10_000_000_000L;

    private final TcpTransport owner;
    private final SortedMap<NodeId, TwoWayLink> links = new TreeMap<>();

    /// Who was met or linked once: a former member is told that it is one, and under TLS that takes a handshake.
    private final Set<NodeId> met = new TreeSet<>();

    /// Who has left, and from when on its link is not kept any more.
    private final Map<NodeId, Long> parting = new TreeMap<>();

    private Set<NodeId> members = Set.of();
    private boolean isSettled;

    PeerLinks(TcpTransport owner) {
        this.owner = owner;
    }

    /// Makes the first links.
    ///
    /// @param known the incarnations of others that were met before
    /// @param own whom this node has bound itself to found the cluster with; the log may say otherwise later
    void begin(Map<NodeId, InetSocketAddress> peers, Map<NodeId, Incarnation> known, FoundingStatus own) {
        met.addAll(known.keySet());
        peers.forEach((id, address) -> {
            VoterId founder = own.isFounded() ? own.founders().get(id) : null;
            links.put(id, new TwoWayLink(owner, new Peer(id, known.get(id)), address, founder));
        });
    }

    Optional<TwoWayLink> find(NodeId peer) {
        return Optional.ofNullable(links.get(peer));
    }

    /// All of them, as they are now.
    Collection<TwoWayLink> all() {
        return List.copyOf(links.values());
    }

    /// Whose connections are worth a handshake.
    Set<NodeId> admissible() {
        var names = new TreeSet<>(met);
        names.addAll(links.keySet());
        return names;
    }

    /// Brings the links into step with `next`.
    void follow(TcpTransport.Directory next) {
        for (TwoWayLink link : all()) {
            if (!next.addresses().containsKey(link.peer().id())) {
                parting.putIfAbsent(link.peer().id(), owner.clocks().nanos() + PARTING_NANOS);
            }
        }
        parting.keySet().removeAll(next.addresses().keySet());
        next.addresses()
                .forEach((id, address) -> follow(id, address, next.identities().get(id)));
    }

    private void follow(NodeId id, InetSocketAddress address, @Nullable VoterId identity) {
        TwoWayLink link = links.get(id);
        if (link != null && link.address().equals(address) && Objects.equals(link.identity(), identity)) {
            return;
        }
        boolean isSame = link == null || link.identity() == null || Objects.equals(link.identity(), identity);
        if (link != null) {
            if (!isSame) {
                leave(link);
            } else {
                link.end("its address or identity is known anew");
            }
        }
        Peer peer = link != null && isSame ? link.peer() : new Peer(id, null);
        links.put(id, new TwoWayLink(owner, peer, address, identity));
        log.info("peer linked peer={} address={}", id, address);
    }

    /// Ends the links whose time is over.
    void turn(long nowNanos) {
        for (Map.Entry<NodeId, Long> each : List.copyOf(parting.entrySet())) {
            if (nowNanos - each.getValue() >= 0) {
                parting.remove(each.getKey());
                find(each.getKey()).ifPresent(this::leave);
            }
        }
    }

    private void leave(TwoWayLink link) {
        NodeId id = link.peer().id();
        links.remove(id);
        met.add(id);
        link.end("it is no member any more");
        owner.greetings().left(id);
        log.info("peer unlinked peer={}", id);
    }

    /// These are to be members, and it may come otherwise. Where they listen may take long to look up, and until then
    /// nobody of them is a stranger.
    void unsettle(Set<NodeId> next) {
        members = next;
        isSettled = false;
    }

    /// The members are those for good.
    void settle() {
        isSettled = true;
    }

    /// Why `node`, with whom there is no link, is not taken: it left, was never let in, or is yet to be added.
    HandshakeRefusal objectionToStranger(NodeId node, FoundingStatus said) {
        boolean isOut = isSettled && !members.isEmpty() && !members.contains(node);
        String why = node + (said.isFounded() ? " is no member" : " was not invited, and is no member")
                + " of this cluster, as " + owner.own().self() + " knows it. ";
        return isOut
                ? HandshakeRefusal.noMember(why + Peer.NEW_MEMBER)
                : HandshakeRefusal.forNow(
                        "node " + node + " is not a peer of " + owner.own().self());
    }
}

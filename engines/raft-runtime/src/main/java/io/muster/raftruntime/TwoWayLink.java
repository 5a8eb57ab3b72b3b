package io.muster.raftruntime;

import io.muster.log.VoterId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Both directions with one peer, for as long as it is a member at the same address. Owned by the transport's thread.
final class TwoWayLink implements Outgoing.Listener {
    private final TcpTransport owner;
    private final Peer peer;
    private final InetSocketAddress address;
    private final Outgoing outgoing;
    private final @Nullable VoterId identity;
    private @Nullable Incoming incoming;
    private boolean isRefused;

    /// @param peer what is known of it
    /// @param address where it is dialled
    /// @param identity which voter it is; null where it is known by its name alone
    TwoWayLink(TcpTransport owner, Peer peer, InetSocketAddress address, @Nullable VoterId identity) {
        this.owner = owner;
        this.peer = peer;
        this.address = address;
        this.identity = identity;
        var target = new Outgoing.Target(peer.id(), address, socket -> owner.dialled(socket, peer.id()));
        this.outgoing = new Outgoing(target, owner::own, owner.clocks(), this);
    }

    Peer peer() {
        return peer;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    InetSocketAddress address() {
        return address;
    }

    /// Which voter it is; null where it is known by its name alone.
    @Nullable VoterId identity() {
        return identity;
    }

    @Override
    public @Nullable HandshakeRefusal welcomed(Introduction said, long incarnation) {
        HandshakeRefusal refusal = objectionTo(said, incarnation);
        if (refusal == null) {
            isRefused = false;
            meet(said, incarnation);
            owner.greetings().welcomed(peer.id());
            owner.listener().connected(peer.id());
        }
        return refusal;
    }

    @Override
    public void refusedForGood(HandshakeRefusal refusal) {
        owner.greetings().refusedForGood(peer.id(), refusal);
    }

    @Override
    public void refused() {
        isRefused = true;
        tellIfVanished();
    }

    @Nullable HandshakeRefusal objectionTo(Introduction said, long incarnation) {
        return peer.objectionTo(said, incarnation, identity);
    }

    /// Takes the connection that the peer has dialled, in the place of an older one.
    void admit(Incoming connection, Introduction said, long incarnation) {
        Incoming older = incoming;
        incoming = connection;
        if (older != null) {
            older.close("replaced by a newer connection");
        }
        meet(said, incarnation);
        outgoing.hurry(owner.clocks().nanos());
    }

    /// That connection is closed.
    void lost(Incoming connection) {
        if (incoming == connection) {
            incoming = null;
            tellIfVanished();
        }
    }

    /// Hangs up both ways; the link is not used any more.
    void end(String reason) {
        Incoming open = incoming;
        incoming = null;
        if (open != null) {
            open.close(reason);
        }
        outgoing.close(reason);
    }

    private void meet(Introduction said, long incarnation) {
        peer.meet(said, incarnation).ifPresent(met -> owner.greetings().met(peer.id(), met));
        owner.greetings().introduced(peer.id(), said.foundingStatus());
    }

    /// A process that is gone refuses new connections and has lost its old ones; either alone may be a hiccup.
    private void tellIfVanished() {
        if (isRefused && incoming == null) {
            owner.listener().vanished(peer.id());
        }
    }
}

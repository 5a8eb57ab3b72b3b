package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.FoundingStatus;
import java.util.Map;
import java.util.TreeMap;

/// What greetings mean to a node with a log: it remembers whom it met, and ends when its peers will not have it.
///
/// One peer that refuses may itself be the one that is wrong. When so many refuse that this node could not be part of a
/// majority any more, dialling on would only repeat the refusal: it ends, with their sentence.
final class PeerAdmission implements TcpTransport.Greetings {
    private final NodeId self;
    private final SqliteLogStore store;
    private final RaftLoop loop;
    private final Map<NodeId, HandshakeRefusal> refusals = new TreeMap<>();

    PeerAdmission(NodeId self, SqliteLogStore store, RaftLoop loop) {
        this.self = self;
        this.store = store;
        this.loop = loop;
    }

    @Override
    public void introduced(NodeId peer, FoundingStatus foundingStatus) {
        // Who it is was checked before it was let in.
    }

    @Override
    public void met(NodeId peer, Incarnation incarnation) {
        store.remember(peer, incarnation);
    }

    @Override
    public void left(NodeId peer) {
        store.remember(peer, Incarnation.NOBODY);
    }

    /// A refusal of before was true for a while only, such as that of a peer whose log lagged behind.
    @Override
    public void welcomed(NodeId peer) {
        refusals.remove(peer);
    }

    /// A node that is yet to be added is no member, and is told so until it is.
    @Override
    public void refusedForGood(NodeId peer, HandshakeRefusal refusal) {
        Configuration known = loop.configuration();
        if (!known.members().contains(self)) {
            return;
        }
        refusals.put(peer, refusal);
        refusals.keySet().retainAll(known.voters());
        int voters = known.voters().size();
        if (voters - refusals.size() > voters / 2) {
            return;
        }
        String who = String.join(
                " and ", refusals.keySet().stream().map(NodeId::value).toList());
        String sentence = who + " will not have this node: " + refusal.reason();
        if (refusals.values().stream().allMatch(each -> each.weight() == HandshakeRefusal.Weight.NO_MEMBER)) {
            loop.members().removed(sentence);
        } else {
            loop.fail(sentence);
        }
    }
}

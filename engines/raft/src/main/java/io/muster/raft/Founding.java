package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How the founders of a new cluster come to agree on who they are, before any of them has a log.
///
/// ```
///   FRESH ── every founder's identity is heard ──▶ BOUND ── every founder is bound to the same ──▶ FOUNDED
///     │                                              │
///     └── a founder is bound with another in this node's place: this folder replaces a lost one ──▶ LOST
/// ```
///
/// A voter that lost its folder has forgotten its votes and what it acknowledged; counted again under its old name, it
/// could elect a leader without acknowledged entries. So a cluster is founded once, by all of its founders: each binds
/// itself durably to one set of identities and never to another, and only a set to which all are bound begins a log.
/// Two sets that differ in one founder share all the others, so at most one of the two is ever founded; a node that
/// comes with a new folder afterwards finds the others bound to the old one.
///
/// It decides only: its owner stores what [Step.Bind] says before it tells anybody.
public final class Founding {
    private final NodeId self;
    private final SortedSet<NodeId> founders;
    private final SortedMap<NodeId, FoundingStatus> heard = new TreeMap<>();
    private FoundingStatus own;

    /// What is to be done.
    public sealed interface Step {
        /// Nothing, until those who are named have been heard.
        record Wait(SortedSet<NodeId> missing) implements Step {}

        /// Store that this node is bound, then tell everybody.
        record Bind(FoundingStatus bound) implements Step {}

        /// Begin the log with this configuration, then take part.
        record Found(Configuration configuration) implements Step {}

        /// `witness` knows this node by another identity: it must never take part.
        record Lost(NodeId witness, FoundingStatus seen) implements Step {}

        /// `replaced` has another identity than the one this node is bound to: nothing is founded until the old one
        /// comes back, or every founder begins anew.
        record Stuck(NodeId replaced) implements Step {}
    }

    /// @param founders everybody who founds the cluster, this node among them
    /// @param stored how far this node had come when it stopped
    public Founding(NodeId self, SortedSet<NodeId> founders, FoundingStatus stored) {
        Invariant.check(founders.contains(self), "a founder is one of the founders");
        Invariant.check(!stored.isFounded(), "a node that has a log founds nothing");
        this.self = self;
        this.founders = new TreeSet<>(founders);
        this.own = stored;
    }

    /// How far this node has come.
    public FoundingStatus own() {
        return own;
    }

    /// Takes what `peer` says of itself.
    public void heard(NodeId peer, FoundingStatus said) {
        if (founders.contains(peer) && !peer.equals(self)) {
            heard.put(peer, said);
        }
    }

    /// What follows from all that was heard.
    public Step next() {
        for (Map.Entry<NodeId, FoundingStatus> each : heard.entrySet()) {
            FoundingStatus said = each.getValue();
            if (said.rejects(self, own.identity())) {
                return new Step.Lost(each.getKey(), said);
            }
        }
        return own.isBound() ? whileBound() : whileFresh();
    }

    /// A founder that is bound has heard everybody, so there is nothing left to wait for.
    private Step whileFresh() {
        SortedMap<NodeId, VoterId> identities = new TreeMap<>();
        identities.put(self, own.identity());
        for (Map.Entry<NodeId, FoundingStatus> each : heard.entrySet()) {
            if (each.getValue().isBound()) {
                return bind(each.getValue().founders());
            }
            identities.put(each.getKey(), each.getValue().identity());
        }
        var present = new TreeSet<>(identities.keySet());
        return present.equals(founders) ? bind(identities) : new Step.Wait(missing(present));
    }

    private Step bind(SortedMap<NodeId, VoterId> identities) {
        own = new FoundingStatus(own.identity(), identities, false);
        return new Step.Bind(own);
    }

    private Step whileBound() {
        var agreeing = new TreeSet<NodeId>();
        agreeing.add(self);
        for (Map.Entry<NodeId, FoundingStatus> each : heard.entrySet()) {
            FoundingStatus said = each.getValue();
            boolean isSame = said.founders().equals(own.founders());
            if (isSame && said.isFounded()) {
                return new Step.Found(Configuration.founding(own.founders()));
            }
            if (own.rejects(each.getKey(), said.identity())) {
                return new Step.Stuck(each.getKey());
            }
            if (isSame) {
                agreeing.add(each.getKey());
            }
        }
        return agreeing.equals(founders)
                ? new Step.Found(Configuration.founding(own.founders()))
                : new Step.Wait(missing(agreeing));
    }

    private SortedSet<NodeId> missing(SortedSet<NodeId> present) {
        var missing = new TreeSet<>(founders);
        missing.removeAll(present);
        return missing;
    }
}

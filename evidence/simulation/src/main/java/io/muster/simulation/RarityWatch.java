package io.muster.simulation;

import io.muster.log.NodeId;
import io.muster.raft.Message;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which rarities one run has seen.
final class RarityWatch {
    private final Set<Rarity> seen = EnumSet.noneOf(Rarity.class);
    private final Map<NodeId, Long> asked = new HashMap<>();
    private final Map<NodeId, Runnable> atNextPiece = new HashMap<>();
    private final Map<NodeId, Runnable> atNextInstall = new HashMap<>();
    private final Map<NodeId, Long> resumed = new HashMap<>();

    void saw(Rarity rarity) {
        seen.add(rarity);
    }

    Set<Rarity> seen() {
        return Collections.unmodifiableSet(EnumSet.copyOf(seen));
    }

    /// `message` reaches `to`.
    void delivered(NodeId to, Message message) {
        if (message instanceof Message.NotMember) {
            saw(Rarity.REMOVAL_TOLD);
        }
        if (message instanceof Message.InstallSnapshot install) {
            if (install.isQuestion()) {
                asked.put(to, install.meta().lastIndex());
            } else {
                asked.remove(to);
                Optional.ofNullable(atNextPiece.remove(to)).ifPresent(Runnable::run);
            }
        }
    }

    /// Runs `act` the next time `node` is sent a piece of a snapshot, in that very moment.
    void atNextPiece(NodeId node, Runnable act) {
        atNextPiece.put(node, act);
    }

    /// `message` leaves `from`. A follower that answers a question with more than nothing goes on where
    /// it was.
    void said(NodeId from, Message message) {
        if (message instanceof Message.InstallWanted wanted
                && wanted.offset() > 0
                && asked.getOrDefault(from, 0L) == wanted.index()) {
            resumed.put(from, wanted.index());
        }
    }

    /// Runs `act` the next time `node` takes over the state of a snapshot, in that very moment.
    void atNextInstall(NodeId node, Runnable act) {
        atNextInstall.put(node, act);
    }

    /// `node` takes over the state of the snapshot that ends at `index`.
    void installed(NodeId node, long index) {
        saw(Rarity.INSTALL);
        Optional.ofNullable(atNextInstall.remove(node)).ifPresent(Runnable::run);
        if (resumed.getOrDefault(node, 0L) == index) {
            saw(Rarity.RESUMED_INSTALL);
        }
    }
}

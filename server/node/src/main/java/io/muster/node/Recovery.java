package io.muster.node;

import io.muster.encoding.MalformedException;
import io.muster.history.HistoryException;
import io.muster.history.HistoryStore;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.NodeId;
import io.muster.log.SnapshotReader;
import io.muster.log.StoppedLog;
import io.muster.state.ClusterState;
import io.muster.state.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/// Goes on with what one node holds, where a majority of the voters is gone for good. What the others acknowledged
/// and this node never saw is lost.
///
/// All that its log holds is written as a backup beside the folder, what the folder held is moved away,
/// and a cluster of one node begins with that backup: a new lineage ([Restoration]). So whatever comes
/// back of the old cluster can neither vote with the new one nor be taken for a member of it.
public final class Recovery {
    private static final Comparator<Holding> BY_LAST_ENTRY =
            Comparator.comparingLong(Holding::lastTerm).thenComparingLong(Holding::lastIndex);

    private final NodeConfig node;
    private final SortedMap<NodeId, Path> others;
    private final InstantSource clock;

    /// @param node the node that is to go on
    /// @param others the folders of other nodes that are at hand
    public Recovery(NodeConfig node, SortedMap<NodeId, Path> others, InstantSource clock) {
        this.node = node;
        this.others = new TreeMap<>(others);
        this.clock = clock;
    }

    /// How far the log of a node reaches.
    ///
    /// @param lastMicros log time of its last entry, in microseconds since 1970
    /// @param seenTerm the highest term it has seen
    public record Holding(NodeId node, long lastTerm, long lastIndex, long lastMicros, long seenTerm) {}

    /// What there is, and what there is not.
    ///
    /// @param kept what the node holds that is to go on
    /// @param compared what the others at hand hold, none of them more
    /// @param missing the voters of whom nothing is at hand
    public record Outlook(
            ClusterId cluster,
            SortedSet<NodeId> voters,
            Holding kept,
            List<Holding> compared,
            SortedSet<NodeId> missing) {}

    /// What was done.
    ///
    /// @param begun the new cluster
    /// @param salvaged everything the node held, as a backup
    /// @param before where its old files are
    public record Done(Restoration.Done begun, Path salvaged, Path before) {}

    /// Looks at what there is, and changes nothing.
    ///
    /// @throws EngineException where this node is not the one to go on with, or nothing needs to be recovered
    public Outlook outlook() {
        NodeId self = node.self().id();
        try (StoppedLog log = node.engine().stopped(node.data(), self)) {
            Holding kept = holding(self, log);
            var compared = new ArrayList<Holding>();
            for (var each : others.entrySet()) {
                compared.add(read(each.getKey(), each.getValue(), log.cluster()));
            }
            requireUseful(log, kept, compared);
            var missing = new TreeSet<>(log.voters());
            missing.remove(self);
            missing.removeAll(others.keySet());
            return new Outlook(log.cluster(), log.voters(), kept, compared, missing);
        }
    }

    private static Holding holding(NodeId node, StoppedLog log) {
        return new Holding(node, log.lastTerm(), log.lastIndex(), log.lastTime().micros(), log.seenTerm());
    }

    private Holding read(NodeId other, Path folder, ClusterId cluster) {
        try (StoppedLog log = node.engine().stopped(folder, other)) {
            if (!log.cluster().equals(cluster)) {
                throw new EngineException(
                        folder + " belongs to cluster " + log.cluster() + ", not to cluster " + cluster);
            }
            return holding(other, log);
        }
    }

    private void requireUseful(StoppedLog log, Holding kept, List<Holding> compared) {
        var here = new TreeSet<>(others.keySet());
        here.add(kept.node());
        if (log.isMajority(here)) {
            throw new EngineException("of the voters " + log.voters() + " " + here
                    + " are here, and they are a majority: start them, and nothing is lost");
        }
        if (!log.voters().contains(kept.node())) {
            throw new EngineException(kept.node() + " is none of the voters " + log.voters()
                    + ": go on with one of them, whose log is whole");
        }
        Optional<Holding> better =
                compared.stream().max(BY_LAST_ENTRY).filter(most -> BY_LAST_ENTRY.compare(most, kept) > 0);
        if (better.isPresent()) {
            throw new EngineException("the log of " + better.get().node() + " reaches entry "
                    + better.get().lastIndex() + " of term " + better.get().lastTerm() + ", and that of " + kept.node()
                    + " only entry " + kept.lastIndex() + " of term " + kept.lastTerm() + ": go on with "
                    + better.get().node());
        }
    }

    /// Goes on with what the outlook shows.
    ///
    /// @throws EngineException where it cannot be done; the sentence says where everything is that was there
    public Done run(Outlook seen) {
        String at = Long.toString(clock.millis());
        Path salvaged = beside("salvaged-" + at + ".muster");
        Path before = beside("before-" + at);
        salvage(seen, salvaged);
        moveAway(before);
        try {
            var cause = new Restoration.Cause(
                    "muster recover",
                    "cluster.recovered",
                    "from " + seen.kept().node() + " alone of the voters " + seen.voters());
            return new Done(new Restoration(node, clock).from(salvaged, cause), salvaged, before);
        } catch (EngineException e) {
            throw new EngineException(e.getMessage() + ". What was in " + node.data() + " is in " + before
                    + ", and the same as a backup in " + salvaged + ": muster restore goes on from there");
        }
    }

    private Path beside(String suffix) {
        return node.data().resolveSibling(node.data().getFileName() + "." + suffix);
    }

    private void salvage(Outlook seen, Path file) {
        var failure = new AtomicReference<>("");
        try (StoppedLog log = node.engine().stopped(node.data(), seen.kept().node());
                var history = HistoryStore.open(node.data(), log.cluster(), failure::set)) {
            var state = new ClusterState((_, _, _, _) -> {});
            log.snapshot().ifPresent(snapshot -> fill(state, snapshot));
            var kept = new KeptHistory(history);
            log.replay(state.appliedIndex(), batch -> {
                state.apply(batch);
                state.jobs().takeClosedBlocks().forEach(kept::take);
            });
            kept.awaitWritten();
            long open = state.jobs().openBlockNumber();
            try (FrozenState frozen = new Backups.WithHistory(state.freeze(), history, open)) {
                node.engine().writeSnapshot(file, log.cluster(), frozen);
            }
        } catch (MalformedException | StateException | HistoryException e) {
            throw new EngineException("cannot read what " + node.data() + " holds: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException("cannot write " + file + ": " + FileFailure.of(e), e);
        }
    }

    private static void fill(ClusterState state, SnapshotReader snapshot) {
        try (snapshot) {
            state.fill(snapshot::section);
        }
    }

    /// `raft.voter` goes first: a folder without it does not start.
    private void moveAway(Path before) {
        try {
            PrivateFolder.make(before, PrivateFolder.NODE_LOCK);
            for (Path file : node.engine().filesOfNode(node.data())) {
                Files.move(file, before.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new EngineException(
                    "cannot move the files of " + node.data() + " to " + before + ": " + FileFailure.of(e)
                            + ": move back what is there, and begin again",
                    e);
        }
    }
}

package io.muster.node;

import io.muster.access.Act;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.history.BlockFrame;
import io.muster.history.HistoryException;
import io.muster.history.HistoryStore;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.NewLog;
import io.muster.log.OpenSnapshot;
import io.muster.state.ClusterState;
import io.muster.state.NewLineage;
import io.muster.state.StateException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Begins a cluster of one node in an empty data folder, with what a backup holds. Other nodes join it as they join
/// any cluster.
///
/// The state is read as a node reads it, so that a backup that no node could start from is found out here. It goes on
/// as a history of its own ([NewLineage]): nothing of the cluster that the backup was taken from, neither a node nor a
/// fence nor a place in its events, can be taken for one of the new cluster.
public final class Restoration {
    private final NodeConfig node;
    private final InstantSource clock;

    /// @param node whose folder is made; that of its configuration
    public Restoration(NodeConfig node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    /// What was done.
    ///
    /// @param cluster the new cluster
    /// @param from the cluster that the backup was taken from
    /// @param backupIndex the last entry that the backup knows of
    /// @param takenMicros log time of that entry, in microseconds since 1970
    /// @param lineage the number of the new history
    /// @param index the entry behind which its log begins
    /// @param term the term of that entry
    /// @param blocks how many history blocks were taken over
    /// @param missingBlocks how many the backup lacks
    public record Done(
            ClusterId cluster,
            ClusterId from,
            long backupIndex,
            long takenMicros,
            long lineage,
            long index,
            long term,
            long blocks,
            long missingBlocks) {}

    /// How the new history came about, for the record of decisions. Nobody shows a key to a command that is given a
    /// folder, so the command stands for who acted.
    ///
    /// @param principal the command
    /// @param action what it did
    /// @param note from what
    record Cause(String principal, String action, String note) {}

    /// Does it.
    ///
    /// @throws EngineException where the backup or the folder does not allow it
    public Done from(Path backup) {
        return from(backup, new Cause("muster restore", "cluster.restored", "from a backup"));
    }

    Done from(Path backup, Cause cause) {
        try (var whole = node.engine().openSnapshot(backup)) {
            ClusterState state = read(backup, whole);
            try (NewLog folder = node.engine().begin(node)) {
                long blocks = takeHistory(backup, whole, folder.cluster());
                long takenMicros = state.micros();
                NewLineage next = next(state, whole, cause);
                state.begin(next);
                try (FrozenState frozen = state.freeze()) {
                    folder.begin(frozen);
                }
                return new Done(
                        folder.cluster(),
                        whole.cluster(),
                        whole.meta().lastIndex(),
                        takenMicros,
                        next.number(),
                        next.index(),
                        next.term(),
                        blocks,
                        state.jobs().openBlockNumber() - 1 - blocks);
            }
        }
    }

    private static ClusterState read(Path backup, OpenSnapshot whole) {
        var state = new ClusterState((_, _, _, _) -> {});
        try {
            state.fill(whole.reader()::section);
        } catch (MalformedException | StateException e) {
            throw new EngineException(
                    backup + " is whole, and this version of Muster cannot read it: " + e.getMessage());
        }
        if (state.appliedIndex() != whole.meta().lastIndex()) {
            throw new EngineException(backup + " says that it ends at entry "
                    + whole.meta().lastIndex() + ", and its state at " + state.appliedIndex());
        }
        return state;
    }

    private long takeHistory(Path backup, OpenSnapshot whole, ClusterId cluster) {
        var failure = new AtomicReference<>("");
        long blocks = 0;
        try (var history = HistoryStore.open(node.data(), cluster, failure::set)) {
            for (Bytes frame : whole.reader().section(Backups.HISTORY)) {
                history.add(BlockFrame.decode(frame));
                blocks++;
            }
            history.awaitWritten();
        } catch (HistoryException | MalformedException e) {
            throw new EngineException("cannot take the history over from " + backup + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while the history was taken over from " + backup, e);
        }
        if (!failure.get().isEmpty()) {
            throw new EngineException("cannot write the history into " + node.data() + ": " + failure.get());
        }
        return blocks;
    }

    private NewLineage next(ClusterState state, OpenSnapshot whole, Cause cause) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        var act = new Act(
                cause.principal(),
                cause.action(),
                whole.cluster().toString(),
                Act.Authorization.ALLOWED,
                cause.note() + ", up to entry " + state.appliedIndex() + " of term "
                        + whole.meta().lastTerm());
        return NewLineage.at(micros, state.appliedIndex(), whole.meta().lastTerm(), state.time(), act);
    }
}

package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;
import io.muster.log.VoterId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a node knew before it stopped, as read back from its disk.
///
/// @param state the stored vote state
/// @param base where the stored log begins
/// @param lastIndex the last entry of the stored log; that of its base when it is empty
/// @param lastTime log time of that entry
/// @param spans which terms the entries have, oldest first; they begin behind the base
/// @param configurations every configuration in the log with its index, oldest first (T46)
/// @param tail the last batches of the log, as many as were kept
/// @param snapshots the snapshots that can be read, oldest first; the state is restored from the last
///     one
/// @param identity who the node is beyond its name, as its data folder drew it; empty where its name
///     alone is known
public record Restored(
        VoteState state,
        LogStart base,
        long lastIndex,
        LogTime lastTime,
        List<TermSpan> spans,
        List<StoredConfiguration> configurations,
        List<Batch> tail,
        List<SnapshotMeta> snapshots,
        Optional<VoterId> identity) {
    public Restored {
        spans = List.copyOf(spans);
        configurations = List.copyOf(configurations);
        tail = List.copyOf(tail);
        snapshots = List.copyOf(snapshots);
        Invariant.check(spans.isEmpty() == (lastIndex == base.index()), "a log that is not empty has terms");
        Invariant.check(tail.isEmpty() || tail.getLast().lastIndex() == lastIndex, "the tail ends where the log ends");
        Invariant.check(
                spans.isEmpty() || spans.getLast().term() <= state.term(), "no entry is newer than the stored term");
        Invariant.check(
                base.index() == 0 || !snapshots.isEmpty() && snapshots.getLast().lastIndex() >= base.index(),
                "a log that was cut continues a snapshot");
    }

    /// The same, of the node whose data folder drew `drawn`.
    public Restored of(VoterId drawn) {
        return new Restored(
                state, base, lastIndex, lastTime, spans, configurations, tail, snapshots, Optional.of(drawn));
    }

    /// A node without any past.
    public static Restored nothing() {
        return new Builder(0, LogStart.BEGINNING, List.of()).finish(VoteState.INITIAL);
    }

    /// Collects a [Restored] while a stored log is read from its beginning, batch by batch.
    public static final class Builder {
        private final int tailBytes;
        private final LogStart base;
        private final List<SnapshotMeta> snapshots;
        private final List<TermSpan> spans = new ArrayList<>();
        private final List<StoredConfiguration> configurations = new ArrayList<>();
        private final ArrayDeque<Batch> tail = new ArrayDeque<>();
        private long tailSize;
        private long lastIndex;
        private LogTime lastTime;

        /// Keeps at most the last `tailBytes` bytes of batches; see [RaftConfig.MemoryLimits#windowBytes].
        ///
        /// @param base where the stored log begins
        /// @param snapshots those that can be read, oldest first
        public Builder(int tailBytes, LogStart base, List<SnapshotMeta> snapshots) {
            this.tailBytes = tailBytes;
            this.base = base;
            this.snapshots = snapshots;
            lastIndex = base.index();
            lastTime = base.time();
        }

        /// Takes the next batch of the log.
        public Builder add(Batch batch) {
            Invariant.check(batch.firstIndex() == lastIndex + 1, "the stored log has no gaps");
            Invariant.check(
                    spans.isEmpty() || spans.getLast().term() <= batch.term(), "terms never fall along the stored log");
            if (spans.isEmpty() || spans.getLast().term() < batch.term()) {
                spans.add(new TermSpan(batch.firstIndex(), batch.term()));
            }
            if (batch.kind() == BatchKind.CONFIGURATION) {
                configurations.add(new StoredConfiguration(batch.firstIndex(), Configuration.decode(batch.body())));
            }
            lastIndex = batch.lastIndex();
            lastTime = batch.time();
            tail.addLast(batch);
            tailSize += batch.size();
            while (tailSize > tailBytes && !tail.isEmpty()) {
                tailSize -= tail.removeFirst().size();
            }
            return this;
        }

        /// Everything was read; `state` is the stored vote state.
        public Restored finish(VoteState state) {
            return new Restored(
                    state,
                    base,
                    lastIndex,
                    lastTime,
                    spans,
                    configurations,
                    List.copyOf(tail),
                    snapshots,
                    Optional.empty());
        }
    }
}

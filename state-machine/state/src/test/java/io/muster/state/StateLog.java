package io.muster.state;

import io.muster.log.Asker;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.Ledger;
import io.muster.log.LogCommand;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A log and the state it drives: each batch a millisecond after the one before, all of them kept to be replayed.
final class StateLog {
    static final long SECOND = 1_000_000;

    final List<CommittedBatch> batches = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final ClusterState state;
    long micros = 1_700_000_000_000_000L;
    long elapsedMicros = 1_000_000_000L;
    long term = 1;

    /// @param further ledgers behind those of the cluster
    StateLog(Ledger<?>... further) {
        this(ClusterState.FEATURE_LEVEL, further);
    }

    /// @param supportedLevel the highest feature level that this node can follow
    /// @param further ledgers behind those of the cluster
    StateLog(int supportedLevel, Ledger<?>... further) {
        state = new ClusterState((_, _, _, change) -> changes.add(change), supportedLevel, List.of(further));
    }

    Reply apply(Envelope envelope) {
        return applyBatch(envelope).getFirst();
    }

    /// One batch of several entries.
    List<Reply> applyBatch(Envelope... envelopes) {
        var encoded = Arrays.stream(envelopes).map(Envelope::encode).toList();
        return commit(envelopes.length, new CommittedBatch.Content.Commands(Entries.join(encoded)));
    }

    /// `leader` begins the next term.
    void lead(String leader) {
        term++;
        commit(1, new CommittedBatch.Content.TermStart(new NodeId(leader)));
    }

    /// Something of the engine's own passes by.
    void engineOwn() {
        commit(1, new CommittedBatch.Content.EngineOwn());
    }

    /// Lets log time pass, as an idle leader's tick does.
    void pass(long duration) {
        micros += duration;
        elapsedMicros += duration;
        apply(of(new ClusterCommand.Tick()));
    }

    /// Log time as it is now.
    LogTime time() {
        return new LogTime(micros, elapsedMicros);
    }

    /// Fills the log with ticks up to the entry `index`.
    void tickUpTo(long index) {
        while (state.appliedIndex() < index) {
            int count = (int) Math.min(1_000, index - state.appliedIndex());
            var ticks = new Envelope[count];
            Arrays.fill(ticks, of(new ClusterCommand.Tick()));
            applyBatch(ticks);
        }
    }

    /// A second machine that is given the same log.
    ClusterState replayed() {
        var second = new ClusterState((_, _, _, _) -> {});
        batches.forEach(second::apply);
        return second;
    }

    private List<Reply> commit(int count, CommittedBatch.Content content) {
        micros += 1_000;
        elapsedMicros += 1_000;
        var batch = new CommittedBatch(state.appliedIndex() + 1, count, term, time(), content, List.of());
        batches.add(batch);
        return state.apply(batch);
    }

    static Envelope of(LogCommand command) {
        return Envelope.of(command, Asker.CLUSTER);
    }

    /// The same command, asked for by `principal` under an idempotency key.
    static Envelope asked(Envelope envelope, String principal, String key) {
        return new Envelope(envelope.kind(), envelope.version(), principal, "", key, envelope.body());
    }
}

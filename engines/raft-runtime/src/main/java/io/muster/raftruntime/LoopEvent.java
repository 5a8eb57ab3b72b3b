package io.muster.raftruntime;

import io.muster.log.Engine.Barrier;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Batch;
import io.muster.raft.Input;
import java.util.List;
import java.util.function.Consumer;

/// Something that another thread leaves for the loop.
sealed interface LoopEvent {
    /// An input for the consensus core.
    record ForCore(Input input) implements LoopEvent {}

    /// Old batches for this node's own applier.
    record Replayed(List<Batch> batches) implements LoopEvent {}

    /// Somebody here asks for something and gets one answer.
    sealed interface Question extends LoopEvent {
        /// Answers that it cannot be had, and why.
        void refuse(String reason);
    }

    /// Somebody here wants to read.
    record BarrierWanted(Consumer<Barrier> answer) implements Question {
        @Override
        public void refuse(String reason) {
            answer.accept(new Barrier.Unavailable(reason));
        }
    }

    /// Somebody here wants leadership to pass to another.
    record TransferWanted(Successor to, Consumer<TransferAnswer> answer) implements Question {
        @Override
        public void refuse(String reason) {
            answer.accept(new TransferAnswer.Refused(reason));
        }
    }

    /// Somebody here wants other members.
    record ChangeWanted(MemberChange change, Consumer<MemberAnswer> answer) implements Question {
        @Override
        public void refuse(String reason) {
            answer.accept(new MemberAnswer.Refused(new MemberRefusal.Unavailable(reason)));
        }
    }

    /// What became of a snapshot.
    sealed interface OfSnapshot extends LoopEvent {
        /// The applier holds its state still.
        record Frozen(FrozenState state) implements OfSnapshot {}

        /// What `meta` stands for is written.
        record Written(SnapshotMeta meta) implements OfSnapshot {}

        /// These are kept now, newest first.
        record Kept(List<SnapshotMeta> kept) implements OfSnapshot {}

        /// A snapshot was not written, or the state was not there to be written.
        record NotWritten() implements OfSnapshot {}

        /// A snapshot was received whole: `kept` are there now, newest first.
        record Received(SnapshotMeta meta, SnapshotReader reader, List<SnapshotMeta> kept) implements OfSnapshot {}
    }

    /// The store or the network cannot go on.
    record Broken(EngineException reason) implements LoopEvent {}

    /// Nobody will take it in: what it holds is closed.
    default void close() {
        if (this instanceof OfSnapshot.Frozen(FrozenState state)) {
            state.close();
        } else if (this instanceof OfSnapshot.Received received) {
            received.reader().close();
        }
    }
}

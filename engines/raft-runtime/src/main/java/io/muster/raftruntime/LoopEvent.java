package io.muster.raftruntime;

import io.muster.log.Engine.Barrier;
import io.muster.log.EngineException;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Batch;
import io.muster.raft.Input;
import java.util.List;
import java.util.function.Consumer;

/// Something that another thread hands over to the loop.
sealed interface LoopEvent {
    /// An input for the consensus core.
    record ForCore(Input input) implements LoopEvent {}

    /// Old batches for this node's own applier.
    record Replayed(List<Batch> batches) implements LoopEvent {}

    /// Somebody here wants to read.
    record BarrierWanted(Consumer<Barrier> answer) implements LoopEvent {}

    /// Somebody here wants leadership to pass to another.
    record TransferWanted(Successor to, Consumer<TransferAnswer> answer) implements LoopEvent {}

    /// The store or the network cannot go on.
    record Broken(EngineException reason) implements LoopEvent {}
}

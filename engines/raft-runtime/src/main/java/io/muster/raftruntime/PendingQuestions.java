package io.muster.raftruntime;

import io.muster.log.Engine.Barrier;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Effect;
import io.muster.raft.Input;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// What callers on this node asked the core and is not answered yet: reads, and hand-overs of leadership.
final class PendingQuestions {
    private final PendingAnswers<Barrier> barriers = new PendingAnswers<>();
    private final PendingAnswers<TransferAnswer> transfers = new PendingAnswers<>();

    /// Somebody wants to read.
    Input barrier(Consumer<Barrier> answer) {
        return new Input.BarrierAsked(barriers.add(answer));
    }

    /// Somebody wants leadership to pass to another.
    Input transfer(Successor to, Consumer<TransferAnswer> answer) {
        return new Input.TransferAsked(transfers.add(answer), to);
    }

    void reached(Effect.BarrierReached reached) {
        barriers.answer(reached.ticket(), new Barrier.At(reached.index()));
    }

    void failed(Effect.BarrierFailed failed) {
        barriers.answer(failed.ticket(), new Barrier.Unavailable("no leader with a majority answered"));
    }

    void ended(Effect.TransferEnded ended) {
        transfers.answer(ended.ticket(), ended.answer());
    }

    /// What the loop did not get to asks for nothing any more, but for those who wait for an answer.
    void letGo(ArrayDeque<LoopEvent> unseen) {
        for (LoopEvent event = unseen.poll(); event != null; event = unseen.poll()) {
            event.close();
            if (event instanceof LoopEvent.BarrierWanted(Consumer<Barrier> answer)) {
                barriers.add(answer);
            } else if (event instanceof LoopEvent.TransferWanted(Successor _, Consumer<TransferAnswer> answer)) {
                transfers.add(answer);
            }
        }
    }

    /// The loop has ended: everyone who waits is told.
    void end(String reason) {
        barriers.answerAll(new Barrier.Unavailable(reason));
        transfers.answerAll(new TransferAnswer.Failed(reason));
    }
}

package io.muster.raftruntime;

import io.muster.log.Engine.Barrier;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Effect;
import io.muster.raft.Input;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// What callers on this node asked the core and is not answered yet: reads, hand-overs of leadership,
/// changes of members.
final class PendingQuestions {
    private final PendingAnswers<Barrier> barriers = new PendingAnswers<>();
    private final PendingAnswers<TransferAnswer> transfers = new PendingAnswers<>();
    private final PendingAnswers<MemberAnswer> changes = new PendingAnswers<>();

    /// Keeps who asks; returns what the core is to be asked.
    Input ask(LoopEvent.Question question) {
        return switch (question) {
            case LoopEvent.BarrierWanted(Consumer<Barrier> answer) -> new Input.BarrierAsked(barriers.add(answer));
            case LoopEvent.TransferWanted(Successor to, Consumer<TransferAnswer> answer) ->
                new Input.TransferAsked(transfers.add(answer), to);
            case LoopEvent.ChangeWanted(MemberChange change, Consumer<MemberAnswer> answer) ->
                new Input.ChangeMembers(changes.add(answer), change);
        };
    }

    /// Answers who asked.
    void answer(Effect.Answer answer) {
        switch (answer) {
            case Effect.BarrierReached(long ticket, long index) -> barriers.answer(ticket, new Barrier.At(index));
            case Effect.BarrierFailed(long ticket) ->
                barriers.answer(ticket, new Barrier.Unavailable("no leader with a majority answered"));
            case Effect.TransferEnded(long ticket, TransferAnswer ended) -> transfers.answer(ticket, ended);
            case Effect.ChangeEnded(long ticket, MemberAnswer ended) -> changes.answer(ticket, ended);
        }
    }

    /// What the loop did not get to asks for nothing any more, but for those who wait for an answer.
    void letGo(ArrayDeque<LoopEvent> unseen) {
        for (LoopEvent event = unseen.poll(); event != null; event = unseen.poll()) {
            event.close();
            if (event instanceof LoopEvent.Question question) {
                ask(question);
            }
        }
    }

    /// The loop has ended: everyone who waits is told.
    void end(String reason) {
        barriers.answerAll(new Barrier.Unavailable(reason));
        transfers.answerAll(new TransferAnswer.Failed(reason));
        changes.answerAll(new MemberAnswer.Unknown(reason));
    }
}

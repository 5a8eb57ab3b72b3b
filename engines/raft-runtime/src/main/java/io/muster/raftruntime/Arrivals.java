package io.muster.raftruntime;

import io.muster.raftruntime.Mailbox.Bounds;
import java.util.ArrayDeque;

/// What other threads leave for the loop, but for proposals: what the store and the applier answer,
/// and what callers on this node ask.
final class Arrivals {
    /// As many as the core keeps read barriers by default: a caller is refused at once where the loop
    /// cannot keep up.
    static final int MAX_QUESTIONS = 10_000;

    /// Each answers something that the loop asked for and has not heard of yet, so they are no more
    /// than that: a write for each append that a leader may send ahead
    /// ([io.muster.raft.RaftConfig.Appends#maxInflight]), a read for each follower and one for this
    /// node, and one act of a snapshot in each direction. None may be refused: the loop would wait for
    /// it for ever.
    private final Mailbox<LoopEvent> answers = new Mailbox<>(Bounds.NONE, _ -> 0);

    private final Mailbox<LoopEvent> questions = new Mailbox<>(new Bounds(MAX_QUESTIONS, Long.MAX_VALUE), _ -> 0);

    private final Runnable doorbell;

    /// @param doorbell rung when something has arrived
    Arrivals(Runnable doorbell) {
        this.doorbell = doorbell;
    }

    /// Brings what the loop waits for. After the end that concerns nobody. From any thread.
    void answer(LoopEvent answer) {
        if (answers.offer(answer) == Mailbox.Answer.TAKEN) {
            doorbell.run();
        } else {
            answer.close();
        }
    }

    /// Brings a question, or refuses it. From any thread.
    void ask(LoopEvent.Question question) {
        switch (questions.offer(question)) {
            case TAKEN -> doorbell.run();
            case FULL -> question.refuse(MAX_QUESTIONS + " questions wait for the engine: try again");
            case CLOSED -> question.refuse("the engine was closed");
        }
    }

    boolean isEmpty() {
        return answers.isEmpty() && questions.isEmpty();
    }

    /// Everything that has arrived: answers first, then questions.
    ArrayDeque<LoopEvent> take() {
        ArrayDeque<LoopEvent> taken = answers.take(Bounds.NONE);
        taken.addAll(questions.take(Bounds.NONE));
        return taken;
    }

    /// Takes no more; what waits can still be taken.
    void close() {
        answers.close();
        questions.close();
    }
}

package io.muster.raft;

import io.muster.cluster.Engine.Barrier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Read barriers that the core was asked for and has not answered.
final class PendingBarriers {
    private final Map<Long, Consumer<Barrier>> pending = new HashMap<>();
    private long last;

    /// Keeps who is to be answered; returns the ticket under which the core will answer.
    long add(Consumer<Barrier> answer) {
        pending.put(++last, answer);
        return last;
    }

    /// Answers whoever has `ticket`; a ticket that was answered before concerns nobody.
    void answer(long ticket, Barrier barrier) {
        Consumer<Barrier> answer = pending.remove(ticket);
        if (answer != null) {
            answer.accept(barrier);
        }
    }

    /// Answers everyone who waits.
    void answerAll(Barrier barrier) {
        pending.values().forEach(answer -> answer.accept(barrier));
        pending.clear();
    }
}

package io.muster.raftruntime;

import io.muster.log.Engine.Barrier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Read barriers that the core was asked for and has not answered.
final class PendingBarriers {
    private static final Logger log = LoggerFactory.getLogger(PendingBarriers.class);

    private final Map<Long, Consumer<Barrier>> pending = new HashMap<>();
    private long last;

    /// Keeps who is to be answered; returns the ticket under which the core will answer.
    long add(Consumer<Barrier> answer) {
        pending.put(++last, answer);
        return last;
    }

    /// Answers the caller that has `ticket`; a ticket that was answered before concerns nobody.
    void answer(long ticket, Barrier barrier) {
        Consumer<Barrier> answer = pending.remove(ticket);
        if (answer != null) {
            tell(answer, barrier);
        }
    }

    /// Answers everyone who waits.
    void answerAll(Barrier barrier) {
        var waiting = List.copyOf(pending.values());
        pending.clear();
        waiting.forEach(answer -> tell(answer, barrier));
    }

    /// One reader that fails over its answer does not cost the others theirs.
    private static void tell(Consumer<Barrier> answer, Barrier barrier) {
        try {
            answer.accept(barrier);
        } catch (RuntimeException e) {
            log.error("reader failed answer={}", barrier, e);
        }
    }
}

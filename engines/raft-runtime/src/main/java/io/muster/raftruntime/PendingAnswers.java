package io.muster.raftruntime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who asked the core for something and have no answer yet.
///
/// @param <A> what it answers
final class PendingAnswers<A> {
    private static final Logger log = LoggerFactory.getLogger(PendingAnswers.class);

    private final Map<Long, Consumer<A>> pending = new HashMap<>();
    private long last;

    /// Keeps who is to be answered; returns the ticket under which the core will answer.
    long add(Consumer<A> asker) {
        pending.put(++last, asker);
        return last;
    }

    /// Answers the caller that has `ticket`; a ticket that was answered before concerns nobody.
    void answer(long ticket, A answer) {
        Consumer<A> asker = pending.remove(ticket);
        if (asker != null) {
            tell(asker, answer);
        }
    }

    /// Answers everyone who waits.
    void answerAll(A answer) {
        var waiting = List.copyOf(pending.values());
        pending.clear();
        waiting.forEach(asker -> tell(asker, answer));
    }

    /// One asker that fails over its answer does not cost the others theirs.
    private static <A> void tell(Consumer<A> asker, A answer) {
        try {
            asker.accept(answer);
        } catch (RuntimeException e) {
            log.error("asker failed answer={}", answer, e);
        }
    }
}

package io.muster.api;

import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.Waiting;
import io.muster.jobs.JobId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets requests wait for the end of a job: the event itself wakes them. Waiting costs a virtual thread
/// and an entry here; nothing asks again and again.
final class FinishWatch {
    /// Half of what a node answers at once, so that waiting leaves room for everybody else.
    static final int MAX_WAITING = 2_048;

    private final ConcurrentHashMap<JobId, Ending> endings = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// Notes that a job has finished. Called on the state's thread; without anybody who waits it is one
    /// look.
    void finished(JobId job) {
        if (waiting.get() > 0) {
            Ending ending = endings.get(job);
            if (ending != null) {
                ending.over.complete(null);
            }
        }
    }

    /// Lets everybody look whether their job has finished: it may have, unheard. Called on the state's
    /// thread.
    void lookAgain() {
        endings.values().forEach(ending -> ending.over.complete(null));
    }

    /// Begins to wait, before the job is looked at: an end in between is not missed. To be closed.
    Ending watch(JobId job) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw Refusal.of(
                            ProblemType.OVERLOADED,
                            "this node lets " + MAX_WAITING
                                    + " requests wait for jobs at once: ask again, or ask another")
                    .retryAfter(1)
                    .refused();
        }
        return endings.compute(job, (_, known) -> {
            Ending ending = known == null ? new Ending(job) : known;
            ending.watchers++;
            return ending;
        });
    }

    /// The end of one job, for all who wait for it.
    final class Ending implements AutoCloseable {
        private final JobId job;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private int watchers;

        private Ending(JobId job) {
            this.job = job;
        }

        /// Waits until the job has finished, or `patience` is over.
        void await(Duration patience) throws InterruptedException {
            var _ = Waiting.on(over.thenApply(_ -> true), patience);
        }

        @Override
        public void close() {
            endings.computeIfPresent(job, (_, ending) -> {
                ending.watchers--;
                return ending.watchers == 0 ? null : ending;
            });
            waiting.decrementAndGet();
        }
    }
}

package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.DroppedRun;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.HeldRun;
import io.muster.exchange.LeaderHint;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// The least that can lead a worker: jobs that are claimed as soon as there are slots, and the results of those.
final class TinyLeader {
    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, ClaimedRun> claims = new ConcurrentSkipListMap<>();
    private final Map<String, RunOutcome> outcomes = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final AtomicLong index = new AtomicLong();
    private final AtomicReference<ExchangeRequest> lastRequest = new AtomicReference<>();
    private final CountDownLatch heard = new CountDownLatch(1);
    private volatile CountDownLatch expected = new CountDownLatch(0);
    private volatile boolean isReplaced;

    /// Adds jobs of one type; [#awaitOutcomes] waits for as many.
    void submit(String type, String payload, int count) {
        expected = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            String job = "job-%04d".formatted(i);
            claims.put(job, ClaimedRun.of(new AttemptId(job, 1), "fence", type, Bytes.utf8(payload)));
        }
    }

    void cancel(String job) {
        cancelled.add(job);
    }

    void replaceWorker() {
        isReplaced = true;
    }

    ExchangeAnswer answer(ExchangeRequest request, String address) {
        lastRequest.set(request);
        heard.countDown();
        if (isReplaced) {
            return new ExchangeEnd(request.sequence(), "another has joined");
        }
        List<AttemptId> acknowledged = new ArrayList<>();
        for (RunResult result : request.results()) {
            acknowledged.add(result.id());
            if (claims.remove(result.id().job()) != null) {
                outcomes.put(result.id().job(), result.outcome());
                expected.countDown();
            }
        }
        List<DroppedRun> drops = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (HeldRun run : request.held()) {
            held.add(run.id().job());
            if (cancelled.contains(run.id().job())) {
                claims.remove(run.id().job());
                drops.add(new DroppedRun(run.id(), "cancelled"));
            }
        }
        List<ClaimedRun> lacking = claims.values().stream()
                .limit(request.slots())
                .filter(claim -> !held.contains(claim.id().job()))
                .toList();
        return new ExchangeReply(
                request.sequence(),
                acknowledged,
                lacking,
                drops,
                3_000,
                new LeaderHint("n1", address),
                1,
                index.incrementAndGet());
    }

    /// Waits until all submitted jobs have ended, and tells how.
    Map<String, RunOutcome> awaitOutcomes() throws InterruptedException {
        await(expected, "all outcomes");
        return new ConcurrentSkipListMap<>(outcomes);
    }

    /// Waits until a worker has spoken, and tells what it said last.
    ExchangeRequest awaitWorker() throws InterruptedException {
        await(heard, "a worker");
        return lastRequest.get();
    }

    static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still waiting for " + what + " after " + PATIENCE_SECONDS + " s");
        }
    }
}

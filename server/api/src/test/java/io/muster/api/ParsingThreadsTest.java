package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where what clients send is parsed.
final class ParsingThreadsTest {
    private final ParsingThreads threads = new ParsingThreads();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void parsing_keeps_no_thread_that_carries_requests() throws Exception {
        assertThat(threads.<Boolean>await(() -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void a_refusal_comes_as_it_was_thrown() {
        var refused = Refusal.of(ProblemType.INVALID, "no lockfile").refused();

        assertThatThrownBy(() -> threads.await(() -> {
                    throw refused;
                }))
                .isSameAs(refused);
    }

    @Test
    void what_finds_the_queue_full_is_refused_and_the_rest_is_parsed() throws Exception {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2) + ParsingThreads.MAX_WAITING;
        var hold = new CountDownLatch(1);
        var refusals = new AtomicInteger();
        var refusedOne = new CountDownLatch(1);
        Callable<String> parsing = () -> {
            hold.await();
            return "parsed";
        };
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i <= most; i++) {
                answers.add(requests.submit(() -> {
                    try {
                        return threads.await(parsing);
                    } catch (RequestRefused refused) {
                        refusals.incrementAndGet();
                        refusedOne.countDown();
                        return refused.refusal().type().slug();
                    }
                }));
            }
            refusedOne.await();
            hold.countDown();

            var said = new ArrayList<String>();
            for (Future<String> answer : answers) {
                said.add(answer.get());
            }
            assertThat(refusals).hasValue(1);
            assertThat(said).containsOnlyOnce("overloaded").contains("parsed");
        }
    }
}

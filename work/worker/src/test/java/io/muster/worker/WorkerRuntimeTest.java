package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeChannels;
import io.muster.exchange.RunOutcome;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The shell around the loop, with real threads and sockets; what the loop decides is tested without them.
class WorkerRuntimeTest {
    private final HttpConnections transport = new HttpConnections();
    private final TinyLeader leader = new TinyLeader();

    @AfterEach
    void disconnect() {
        transport.close();
    }

    @Test
    void jobs_are_done_over_a_web_socket() throws Exception {
        leader.submit("noop", "{}", 200);

        try (var front = new WebSocketFront(leader);
                var worker = started(List.of(front.address()), handler("noop", _ -> ActionResult.done("{}")))) {
            Map<String, RunOutcome> outcomes = leader.awaitOutcomes();

            assertThat(outcomes).hasSize(200);
            assertThat(outcomes.values()).containsOnly(new RunOutcome.Succeeded(Bytes.utf8("{}")));
            assertThat(worker.status().isConnected()).isTrue();
        }
    }

    @Test
    void jobs_are_done_by_posts_where_no_web_socket_is_allowed() throws Exception {
        leader.submit("noop", "{}", 20);

        try (var front = new PostFront(leader);
                var _ = started(List.of(front.address()), handler("noop", _ -> ActionResult.done("{}")))) {
            assertThat(leader.awaitOutcomes()).hasSize(20);
            assertThat(front.authorization()).isEqualTo("Bearer secret");
        }
    }

    @Test
    void a_worker_goes_to_another_server_when_its_own_is_gone() throws Exception {
        leader.submit("noop", "{}", 1);
        var first = new WebSocketFront(leader);
        var second = new WebSocketFront(leader);

        try (second;
                var _ = started(
                        List.of(first.address(), second.address()), handler("noop", _ -> ActionResult.done("{}")))) {
            leader.awaitOutcomes();
            leader.submit("noop", "{}", 5);
            first.close();

            assertThat(leader.awaitOutcomes()).hasSize(5);
        }
    }

    @Test
    void a_cancelled_job_is_interrupted() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Handler patient = handler("patient", context -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return ActionResult.done(String.valueOf(context.isCancelled()));
        });
        leader.submit("patient", "{}", 1);

        try (var front = new WebSocketFront(leader);
                var _ = started(List.of(front.address()), patient)) {
            TinyLeader.await(started, "the run");
            leader.cancel("job-0000");

            TinyLeader.await(interrupted, "the interrupt");
        }
    }

    @Test
    void a_draining_worker_finishes_its_runs_and_leaves() throws Exception {
        var started = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        Handler slow = handler("slow", _ -> {
            started.countDown();
            TinyLeader.await(finish, "leave to finish");
            return ActionResult.done("\"done\"");
        });
        leader.submit("slow", "{}", 1);

        try (var front = new WebSocketFront(leader);
                var worker = started(List.of(front.address()), slow)) {
            TinyLeader.await(started, "the run");
            worker.drain();
            finish.countDown();

            assertThat(worker.exited().get(30, TimeUnit.SECONDS)).isEqualTo(ExitReason.DRAINED);
            assertThat(leader.awaitOutcomes().values())
                    .containsExactly(new RunOutcome.Succeeded(Bytes.utf8("\"done\"")));
        }
    }

    @Test
    void a_replaced_worker_exits() throws Exception {
        try (var front = new WebSocketFront(leader);
                var worker = started(List.of(front.address()), handler("noop", _ -> ActionResult.done("{}")))) {
            leader.awaitWorker();
            leader.replaceWorker();

            assertThat(worker.exited().get(30, TimeUnit.SECONDS)).isEqualTo(ExitReason.REPLACED);
        }
    }

    @Test
    void whatever_a_handler_does_its_run_ends_with_a_report() throws Exception {
        expectFailure("throws", "threw java.lang.IllegalStateException: no luck", _ -> {
            throw new IllegalStateException("no luck");
        });
        expectFailure("overflows", "died", _ -> {
            throw new StackOverflowError();
        });
        expectFailure("babbles", "is no JSON", _ -> ActionResult.done("{"));
        expectFailure("floods", "at most 65536", _ -> ActionResult.done("\"" + "x".repeat(70_000) + "\""));
        expectFailure("gives-up", "no route", _ -> ActionResult.hopeless("no route"));
    }

    @Test
    void a_worker_says_what_it_is_and_can() throws Exception {
        try (var front = new WebSocketFront(leader);
                var _ = started(
                        List.of(front.address()),
                        handler("noop", _ -> ActionResult.done("{}")),
                        handler("sleep", _ -> ActionResult.done("{}")))) {
            var request = leader.awaitWorker();

            assertThat(request.worker()).isEqualTo("w1");
            assertThat(request.handlers()).containsExactly("noop", "sleep");
            assertThat(request.labels()).isEqualTo(Map.of("zone", "b"));
        }
    }

    private void expectFailure(String type, String error, Running running) throws Exception {
        leader.submit(type, "{}", 1);
        try (var front = new WebSocketFront(leader);
                var _ = started(List.of(front.address()), handler(type, running))) {
            assertThat(leader.awaitOutcomes().get("job-0000"))
                    .isInstanceOfSatisfying(
                            RunOutcome.Failed.class,
                            failed -> assertThat(failed.error()).contains(error));
        }
    }

    private WorkerRuntime started(List<String> addresses, Handler... handlers) {
        WorkerRuntime worker = new WorkerRuntime(
                new WorkerSettings("w1", 8, Map.of("zone", "b"), addresses, WorkerTimes.DEFAULT),
                new Handlers(List.of(handlers)),
                new ExchangeChannels(transport, ApiKey.of("secret")));
        worker.start();
        return worker;
    }

    private interface Running {
        ActionResult run(JobContext context) throws InterruptedException;
    }

    private static Handler handler(String type, Running running) {
        return new Handler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public ActionResult run(JobContext context) throws InterruptedException {
                return running.run(context);
            }
        };
    }
}

package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.RunOutcome;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers, each on a virtual thread of its own. Owned by the worker's thread; only [#run] is not.
final class Runner {
    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final String worker;
    private final Handlers handlers;
    private final OutputKeeper outputs;
    private final Consumer<WorkerInput> inbox;
    private final Map<AttemptId, Running> running = new HashMap<>();

    Runner(String worker, Handlers handlers, OutputKeeper outputs, Consumer<WorkerInput> inbox) {
        this.worker = worker;
        this.handlers = handlers;
        this.outputs = outputs;
        this.inbox = inbox;
    }

    private record Running(RunContext context, Thread thread) {}

    void start(ClaimedRun claim) {
        RunContext context = new RunContext(worker, claim, inbox);
        Thread thread = Thread.ofVirtual()
                .name("muster-run-" + claim.id())
                .uncaughtExceptionHandler((_, error) -> died(context, error))
                .unstarted(() -> run(context));
        running.put(claim.id(), new Running(context, thread));
        thread.start();
    }

    void stop(AttemptId id, StopReason reason) {
        Running run = running.get(id);
        if (run != null) {
            log.info(
                    "stopping a run worker={} job={} attempt={} reason=\"{}\"", worker, id.job(), id.attempt(), reason);
            run.context().cancel();
            run.thread().interrupt();
        }
    }

    /// Forgets a run whose end the loop has taken.
    void ended(AttemptId id) {
        running.remove(id);
    }

    /// Reports exactly one end, whatever the handler does: a run without one would keep its slot for ever.
    private void run(RunContext context) {
        RunOutcome outcome = new RunOutcome.Failed("the handler for '" + context.type() + "' died", true);
        try {
            outcome = execute(context);
            keepOutput(context);
        } finally {
            context.output().close();
            inbox.accept(new WorkerInput.RunEnded(context.id(), outcome));
        }
    }

    /// Keeps what was printed before the result is reported: from then on nobody may add to the job.
    /// Whatever goes wrong here costs the text and not the result.
    private void keepOutput(RunContext context) {
        if (context.output().isEmpty()) {
            return;
        }
        try {
            outputs.keep(context.output().end(context.id(), worker));
        } catch (InterruptedException e) {
            log.info("output given up, the run was asked to stop job={}", context.job());
        } catch (RuntimeException e) {
            log.warn("output not kept job={} attempt={}", context.job(), context.attempt(), e);
        }
    }

    /// The run was reported as failed already; the log says of what its handler died.
    private static void died(RunContext context, Throwable error) {
        log.error("a handler died type={} job={} attempt={}", context.type(), context.job(), context.attempt(), error);
    }

    private RunOutcome execute(RunContext context) {
        Handler handler = handlers.handler(context.type()).orElse(null);
        if (handler == null) {
            return new RunOutcome.Failed(
                    "worker " + worker + " has no handler for '" + context.type() + "', only for " + handlers.types(),
                    true);
        }
        try {
            return switch (handler.run(context)) {
                case ActionResult.Done(Bytes result) -> checked(context.type(), result);
                case ActionResult.Failed(String error, ActionResult.Retry retry) ->
                    new RunOutcome.Failed(cut(error), retry == ActionResult.Retry.WORTHWHILE);
            };
        } catch (InterruptedException e) {
            return new RunOutcome.Failed("interrupted: " + e.getMessage(), true);
        } catch (RuntimeException e) {
            log.warn("a handler threw type={} job={} attempt={}", context.type(), context.job(), context.attempt(), e);
            return new RunOutcome.Failed(cut("the handler for '" + context.type() + "' threw " + e), true);
        }
    }

    /// A result that is no JSON, or too large, must not reach an exchange: it would spoil all others in it.
    private static RunOutcome checked(String type, Bytes result) {
        if (result.size() > WireLimits.MAX_RESULT_BYTES) {
            return new RunOutcome.Failed(
                    "the result of the handler for '" + type + "' has " + result.size() + " bytes: at most "
                            + WireLimits.MAX_RESULT_BYTES,
                    false);
        }
        try {
            return new RunOutcome.Succeeded(Json.checked(result));
        } catch (MalformedJsonException e) {
            return new RunOutcome.Failed(
                    cut("the result of the handler for '" + type + "' is no JSON: " + e.getMessage()), false);
        }
    }

    private static String cut(String text) {
        return text.length() <= WireLimits.MAX_ERROR_CHARACTERS
                ? text
                : text.substring(0, WireLimits.MAX_ERROR_CHARACTERS - 1) + "…";
    }
}

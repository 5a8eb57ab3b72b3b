package io.muster.worker;

import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeChannels;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker with threads, sockets and a clock: everything around [WorkerLoop] that decides nothing.
///
/// One platform thread owns the loop and carries out its effects; runs and channels answer through the inbox, which is
/// bounded, so that a handler that saves a checkpoint every microsecond slows itself down and nobody else.
public final class WorkerRuntime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerRuntime.class);

    /// Room for one end and several checkpoints of every run of the largest worker.
    private static final int INBOX_INPUTS = 8_192;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final long POST_MILLIS = 100;

    private final String name;
    private final ExchangeChannels channels;
    private final Runner runner;
    private final WorkerLoop loop;
    private final BlockingQueue<WorkerInput> inbox = new ArrayBlockingQueue<>(INBOX_INPUTS);
    private final List<WorkerInput> own = new ArrayList<>();
    private final CompletableFuture<ExitReason> exited = new CompletableFuture<>();
    private final Thread thread;
    private final long originNanos;

    private final TroubleLog troubleLog = new TroubleLog();

    private @Nullable ExchangeChannel channel;
    private String lastLeader = "";
    private volatile String lastDenial = "";
    private volatile WorkerStatus status;

    /// A worker that keeps nothing of what its runs print.
    public WorkerRuntime(WorkerSettings settings, Handlers handlers, ExchangeChannels channels) {
        this(settings, handlers, channels, OutputKeeper.NOBODY);
    }

    /// A worker that gives what its runs print to `outputs`.
    public WorkerRuntime(WorkerSettings settings, Handlers handlers, ExchangeChannels channels, OutputKeeper outputs) {
        WorkerConfig config = settings.config(handlers, new SecureRandom().nextLong());
        this.name = config.worker();
        this.channels = channels;
        this.runner = new Runner(name, handlers, outputs, this::post);
        this.loop = new WorkerLoop(config, 0);
        this.status = loop.status();
        this.originNanos = System.nanoTime();
        this.thread = Thread.ofPlatform().name("muster-worker-" + name).unstarted(this::run);
    }

    /// Begins to ask for work; returns at once.
    public void start() {
        thread.start();
    }

    /// Asks the worker to finish what it holds and to take nothing new; [#exited] tells when it is done.
    public void drain() {
        post(new WorkerInput.DrainAsked());
    }

    /// Changes how many runs the worker holds at once; the running ones go on.
    public void setSlots(int slots) {
        post(new WorkerInput.SlotsChanged(slots));
    }

    /// Completes when the worker is over, and why; exceptionally if it contradicted itself.
    public CompletableFuture<ExitReason> exited() {
        return exited.copy();
    }

    /// Where the worker stood a moment ago.
    public WorkerStatus status() {
        return status;
    }

    /// What a server said when it last refused this worker's key; `""` when none did.
    public String lastDenial() {
        return lastDenial;
    }

    /// Stops at once; what is in hand is lost to this worker and runs again elsewhere.
    @Override
    public void close() {
        post(new WorkerInput.StopAsked());
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            List<WorkerInput> inputs = new ArrayList<>();
            while (!exited.isDone()) {
                inputs.addAll(own);
                own.clear();
                gather(inputs);
                step(inputs);
                inputs.clear();
            }
        } catch (InterruptedException e) {
            exited.complete(ExitReason.STOPPED);
        } catch (RuntimeException | Error e) {
            log.error("the worker stops because it contradicts itself worker={}", name, e);
            exited.completeExceptionally(e);
            throw e;
        }
    }

    /// Waits for something to happen, or for the loop's alarm, and takes all that has gathered by then.
    private void gather(List<WorkerInput> inputs) throws InterruptedException {
        long now = nowNanos();
        long patience = inputs.isEmpty() ? loop.nextWakeNanos(now) - now : 0;
        WorkerInput first = patience > 0 ? inbox.poll(patience, TimeUnit.NANOSECONDS) : inbox.poll();
        if (first != null) {
            inputs.add(first);
            inbox.drainTo(inputs);
        }
    }

    private void step(List<WorkerInput> inputs) {
        for (WorkerInput input : inputs) {
            observe(input);
        }
        List<WorkerEffect> effects = loop.step(inputs, nowNanos());
        status = loop.status();
        for (WorkerEffect effect : effects) {
            carryOut(effect);
        }
    }

    private void carryOut(WorkerEffect effect) {
        switch (effect) {
            case WorkerEffect.OpenChannel open -> openChannel(open);
            case WorkerEffect.CloseChannel _ -> closeChannel();
            case WorkerEffect.SendExchange send -> {
                if (channel != null) {
                    channel.send(send.request());
                }
            }
            case WorkerEffect.StartRun start -> runner.start(start.claim());
            case WorkerEffect.StopRun stop -> runner.stop(stop.id(), stop.reason());
            case WorkerEffect.Exit exit -> {
                if (exit.reason() == ExitReason.DENIED) {
                    log.error("key refused, the worker ends worker={} reason=\"{}\"", name, lastDenial);
                }
                if (exit.reason() == ExitReason.REPLACED) {
                    log.error("name taken, the worker ends worker={} reason=\"{}\"", name, exit.why());
                }
                log.info("worker ended worker={} reason=\"{}\"", name, exit.reason());
                exited.complete(exit.reason());
            }
        }
    }

    private void openChannel(WorkerEffect.OpenChannel open) {
        closeChannel();
        try {
            channel = channels.open(open.address(), new ChannelInputs(open.channel(), this::post));
        } catch (IllegalArgumentException e) {
            own.add(new WorkerInput.ChannelClosed(open.channel(), String.valueOf(e.getMessage())));
        }
    }

    private void closeChannel() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /// Logs what the loop, being pure, cannot.
    private void observe(WorkerInput input) {
        switch (input) {
            case WorkerInput.RunEnded ended -> runner.ended(ended.id());
            case WorkerInput.AnswerArrived arrived -> observe(arrived.answer());
            case WorkerInput.ChannelClosed closed -> trouble(closed.why());
            case WorkerInput.AnswerUnread unread -> trouble(unread.why());
            case WorkerInput.ChannelDenied denied -> {
                lastDenial = denied.why();
                trouble(denied.why());
            }
            case WorkerInput.Woken _, WorkerInput.ChannelOpened _, WorkerInput.CheckpointMade _ -> {}
            case WorkerInput.SlotsChanged changed ->
                log.info("slots changed worker={} slots={}", name, changed.slots());
            case WorkerInput.DrainAsked _ -> log.info("drain asked worker={}", name);
            case WorkerInput.StopAsked _ -> log.info("stop asked worker={}", name);
        }
    }

    private void observe(ExchangeAnswer answer) {
        switch (answer) {
            case ExchangeReply reply -> {
                String leader = reply.leader().node() + " in term " + reply.term();
                if (troubleLog.end() || !leader.equals(lastLeader)) {
                    log.info(
                            "leader found worker={} leader={} term={}",
                            name,
                            reply.leader().node(),
                            reply.term());
                }
                lastLeader = leader;
            }
            case ExchangeRefusal refusal -> trouble(refusal.why());
            case ExchangeEnd end -> trouble(end.why());
        }
    }

    private void trouble(String why) {
        var level = troubleLog.of(why, nowNanos());
        if (level != null) {
            log.atLevel(level).log("no leader worker={} reason=\"{}\"", name, why);
        }
    }

    /// Gives the loop an input from any other thread; waits while the inbox is full, and not for a worker that is over.
    private void post(WorkerInput input) {
        boolean interrupted = false;
        boolean posted = false;
        while (!posted && !exited.isDone()) {
            try {
                posted = inbox.offer(input, POST_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long nowNanos() {
        return System.nanoTime() - originNanos;
    }
}

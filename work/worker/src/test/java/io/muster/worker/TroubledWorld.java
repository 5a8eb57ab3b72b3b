package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.LeaderHint;
import io.muster.exchange.RunOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One worker, three servers and a network between them, all under one seed: messages are lost, doubled and late,
/// channels break, leaders change and do not notice, the worker freezes, restarts and is taken for lost.
///
/// It checks with every step what must never happen, and says with [#isSettled] whether what must happen has.
final class TroubledWorld {
    private static final List<String> SERVERS = List.of(Script.A, Script.B, Script.C);
    private static final long MILLI = 1_000_000;
    private static final int SLOTS = 4;

    private final SplittableRandom random;
    private final ModelLedger ledger;
    private final Map<String, ModelLedger> deposed = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<AttemptId> everStarted = new HashSet<>();
    private final Set<AttemptId> running = new LinkedHashSet<>();
    private final List<String> trace = new ArrayList<>();

    private long nowNanos;
    private long order;
    private String leader = Script.A;
    private boolean isTroubled = true;
    private long incarnation = 1;
    private WorkerLoop worker;
    private long channel;
    private String channelAddress = "";
    private boolean isOpen;
    private @Nullable ExchangeRequest lastHeard;
    private long lastHeardNanos;

    TroubledWorld(long seed, int jobs) {
        random = new SplittableRandom(seed);
        ledger = new ModelLedger(jobs);
        ledger.beginTerm();
        worker = newWorker();
    }

    private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// Lets `millis` pass.
    void run(long millis) {
        long until = nowNanos + millis * MILLI;
        while (nowNanos < until) {
            long wake = worker.nextWakeNanos(nowNanos);
            Event next = events.peek();
            if (next != null && next.atNanos() <= Math.min(wake, until)) {
                nowNanos = Math.max(nowNanos, next.atNanos());
                events.remove().action().run();
            } else if (wake <= until) {
                nowNanos = Math.max(nowNanos, wake);
                step(new WorkerInput.Woken());
                makeTrouble();
            } else {
                nowNanos = until;
            }
            loseSilentWorker();
        }
    }

    /// Ends all trouble: one leader that everybody knows, a network that delivers.
    void heal() {
        isTroubled = false;
        deposed.clear();
    }

    /// Whether every job has ended and the worker owes nothing.
    boolean isSettled() {
        return ledger.isFinished() && worker.status().held() == 0 && running.isEmpty();
    }

    /// The last things that happened, to find out why.
    String story() {
        return String.join("\n", trace.subList(Math.max(0, trace.size() - 60), trace.size()));
    }

    private WorkerLoop newWorker() {
        WorkerConfig base = Script.config(SLOTS);
        return new WorkerLoop(
                new WorkerConfig(
                        base.worker(),
                        incarnation,
                        SLOTS,
                        base.labels(),
                        base.handlers(),
                        base.stopOnLapse(),
                        SERVERS,
                        base.times()),
                nowNanos);
    }

    // The worker

    private void step(WorkerInput input) {
        tell("in  " + input);
        for (WorkerEffect effect : worker.step(List.of(input), nowNanos)) {
            tell("out " + effect);
            carryOut(effect);
        }
    }

    private void carryOut(WorkerEffect effect) {
        switch (effect) {
            case WorkerEffect.OpenChannel open -> open(open);
            case WorkerEffect.CloseChannel _ -> isOpen = false;
            case WorkerEffect.SendExchange send -> send(send);
            case WorkerEffect.StartRun start -> start(start.claim().id());
            case WorkerEffect.StopRun stop -> later(50, () -> end(stop.id(), new RunOutcome.Failed("stopped", true)));
            case WorkerEffect.Exit exit -> throw new IllegalStateException("nobody asked the worker to exit: " + exit);
        }
    }

    private void start(AttemptId id) {
        check(everStarted.add(id), id + " was started twice");
        check(running.stream().noneMatch(other -> other.job().equals(id.job())), id + " runs beside an older run");
        running.add(id);
        check(running.size() <= SLOTS, running + " are more than " + SLOTS);
        RunOutcome outcome =
                chance(20) ? new RunOutcome.Failed("no luck", true) : new RunOutcome.Succeeded(Bytes.utf8("1"));
        later(chance(10) ? 6_000 : 300, () -> end(id, outcome));
    }

    private void end(AttemptId id, RunOutcome outcome) {
        if (running.remove(id)) {
            step(new WorkerInput.RunEnded(id, outcome));
        }
    }

    // The network

    private void open(WorkerEffect.OpenChannel open) {
        channel = open.channel();
        channelAddress = open.address();
        isOpen = true;
        later(20, () -> {
            if (isTroubled && chance(15)) {
                step(new WorkerInput.ChannelClosed(open.channel(), "refused"));
            } else {
                step(new WorkerInput.ChannelOpened(open.channel()));
            }
        });
    }

    private void send(WorkerEffect.SendExchange send) {
        String address = channelAddress;
        for (int copies = copies(); copies > 0; copies--) {
            later(20, () -> arrive(address, send.channel(), send.request()));
        }
    }

    private void arrive(String address, long onChannel, ExchangeRequest request) {
        if (request.incarnation() != incarnation) {
            return;
        }
        answer(onChannel, answer(address, request));
        if (address.equals(leader) && chance(30)) {
            later(400, () -> {
                if (address.equals(leader) && ledger.knows(request.incarnation())) {
                    answer(onChannel, ledger.delta(request, address));
                }
            });
        }
    }

    private ExchangeAnswer answer(String address, ExchangeRequest request) {
        if (address.equals(leader)) {
            lastHeard = request;
            lastHeardNanos = nowNanos;
            return ledger.exchange(request, address);
        }
        ModelLedger past = deposed.get(address);
        if (past != null && past.knows(request.incarnation())) {
            return past.delta(request, address);
        }
        String named = isTroubled && chance(30) ? SERVERS.get(random.nextInt(SERVERS.size())) : leader;
        return new ExchangeRefusal(
                request.sequence(), "not the leader", 20, isTroubled && chance(30) ? null : new LeaderHint("n", named));
    }

    private void answer(long onChannel, ExchangeAnswer answer) {
        for (int copies = copies(); copies > 0; copies--) {
            later(20, () -> {
                if (isOpen && onChannel == channel) {
                    step(new WorkerInput.AnswerArrived(onChannel, answer));
                }
            });
        }
    }

    private int copies() {
        if (!isTroubled) {
            return 1;
        }
        return chance(15) ? 0 : chance(15) ? 2 : 1;
    }

    // Trouble

    private void makeTrouble() {
        if (!isTroubled) {
            return;
        }
        if (chance(6)) {
            changeLeader();
        }
        if (chance(6) && isOpen) {
            isOpen = false;
            step(new WorkerInput.ChannelClosed(channel, "reset"));
        }
        if (chance(3)) {
            nowNanos += random.nextLong(5_000) * MILLI;
            tell("the worker was frozen");
        }
        if (chance(2)) {
            restart();
        }
        if (chance(3)) {
            ledger.cancel("job-%02d".formatted(random.nextInt(10)));
        }
    }

    private void changeLeader() {
        if (chance(60)) {
            deposed.put(leader, ledger.frozen());
        }
        leader = SERVERS.get(random.nextInt(SERVERS.size()));
        deposed.remove(leader);
        ledger.beginTerm();
        lastHeardNanos = nowNanos;
        tell("leader is " + leader);
    }

    private void restart() {
        tell("the worker was killed and started");
        incarnation++;
        running.clear();
        events.clear();
        isOpen = false;
        worker = newWorker();
    }

    private void loseSilentWorker() {
        if (lastHeard != null && nowNanos - lastHeardNanos > 3_000 * MILLI) {
            ledger.lose();
            lastHeard = null;
        }
    }

    private void later(int atMostMillis, Runnable action) {
        order++;
        events.add(new Event(nowNanos + 1 + random.nextLong(atMostMillis * MILLI), order, action));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void tell(String what) {
        trace.add(nowNanos / MILLI + " ms " + what);
    }

    private void check(boolean condition, String claim) {
        if (!condition) {
            throw new AssertionError(claim + "\n" + story());
        }
    }
}

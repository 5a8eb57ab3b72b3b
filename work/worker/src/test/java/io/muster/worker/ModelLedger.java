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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The leader's side of the exchange as `docs/exchange.md` promises it, for one worker, as simple as can be.
final class ModelLedger {
    private static final int HOLD_MILLIS = 3_000;

    private final Map<String, Job> jobs;
    private final Set<Long> ended;
    private long incarnation;
    private long term;
    private long index;

    /// @param attempt the last one given out
    private record Job(int attempt, State state) {}

    private enum State {
        QUEUED,
        CLAIMED,
        SUCCEEDED,
        CANCELLED
    }

    ModelLedger(int jobCount) {
        jobs = new TreeMap<>();
        ended = new HashSet<>();
        for (int i = 0; i < jobCount; i++) {
            jobs.put("job-%02d".formatted(i), new Job(0, State.QUEUED));
        }
    }

    private ModelLedger(ModelLedger other) {
        jobs = new TreeMap<>(other.jobs);
        ended = new HashSet<>(other.ended);
        incarnation = other.incarnation;
        term = other.term;
        index = other.index;
    }

    /// What a deposed leader still believes.
    ModelLedger frozen() {
        return new ModelLedger(this);
    }

    void beginTerm() {
        term++;
        index++;
    }

    void cancel(String job) {
        Job known = known(job);
        if (known.state() != State.SUCCEEDED) {
            change(job, known.attempt(), State.CANCELLED);
        }
    }

    /// Takes the worker for lost: what it holds is queued again.
    void lose() {
        requeueClaims();
    }

    /// Whether the last worker that joined is this one.
    boolean knows(long someIncarnation) {
        return incarnation == someIncarnation;
    }

    boolean isFinished() {
        return jobs.values().stream().allMatch(job -> job.state() == State.SUCCEEDED || job.state() == State.CANCELLED);
    }

    boolean isCurrent(AttemptId id) {
        Job job = known(id.job());
        return job.attempt() == id.attempt() && job.state() == State.CLAIMED;
    }

    /// Answers as the leader, and changes what the request changes.
    ExchangeAnswer exchange(ExchangeRequest request, String address) {
        if (ended.contains(request.incarnation())) {
            return new ExchangeEnd(request.sequence(), "replaced");
        }
        if (request.incarnation() != incarnation) {
            ended.add(incarnation);
            requeueClaims();
            incarnation = request.incarnation();
        }
        for (RunResult result : request.results()) {
            if (isCurrent(result.id())) {
                change(
                        result.id().job(),
                        result.id().attempt(),
                        result.outcome() instanceof RunOutcome.Succeeded ? State.SUCCEEDED : State.QUEUED);
            }
        }
        assign(request);
        return delta(request, address);
    }

    /// Answers without changing anything, as a deposed leader does that does not know yet, and as a leader does that
    /// has news.
    ExchangeAnswer delta(ExchangeRequest request, String address) {
        List<AttemptId> acknowledged = new ArrayList<>();
        List<DroppedRun> drops = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        for (RunResult result : request.results()) {
            Job job = known(result.id().job());
            if (isCurrent(result.id())) {
                named.add(result.id().job());
            } else if (job.attempt() == result.id().attempt() && job.state() != State.CANCELLED) {
                acknowledged.add(result.id());
            } else {
                drops.add(new DroppedRun(result.id(), "no longer yours"));
            }
        }
        for (HeldRun run : request.held()) {
            if (isCurrent(run.id())) {
                named.add(run.id().job());
            } else {
                drops.add(new DroppedRun(run.id(), "no longer yours"));
            }
        }
        List<ClaimedRun> claims = new ArrayList<>();
        jobs.forEach((name, job) -> {
            if (job.state() == State.CLAIMED && !named.contains(name)) {
                claims.add(ClaimedRun.of(new AttemptId(name, job.attempt()), "fence", "noop", Bytes.utf8("{}")));
            }
        });
        return new ExchangeReply(
                request.sequence(),
                acknowledged,
                claims,
                drops,
                HOLD_MILLIS,
                new LeaderHint("n", address),
                term,
                index);
    }

    /// Gives out what is queued, as far as the worker said that it has slots.
    void assign(ExchangeRequest request) {
        if (request.draining() || request.incarnation() != incarnation) {
            return;
        }
        long free = request.slots()
                - jobs.values().stream()
                        .filter(job -> job.state() == State.CLAIMED)
                        .count();
        for (String name : List.copyOf(jobs.keySet())) {
            Job job = known(name);
            if (free > 0 && job.state() == State.QUEUED) {
                change(name, job.attempt() + 1, State.CLAIMED);
                free--;
            }
        }
    }

    private void requeueClaims() {
        for (String name : List.copyOf(jobs.keySet())) {
            Job job = known(name);
            if (job.state() == State.CLAIMED) {
                change(name, job.attempt(), State.QUEUED);
            }
        }
    }

    private void change(String name, int attempt, State state) {
        index++;
        jobs.put(name, new Job(attempt, state));
    }

    private Job known(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return job;
    }
}

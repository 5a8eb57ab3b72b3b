package io.muster.simulation;

import io.muster.jobs.Claim;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import io.muster.log.FencingToken;
import io.muster.log.NodeId;
import io.muster.state.Change;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows every job through the ledger with records of its own, and through the workers that really run it.
///
/// It believes nothing: a claim must be the next attempt and meet no open claim; a success must come from the attempt
/// that is claimed now and carry what that very attempt produced; a finished job must not finish again; no attempt may
/// be started by two processes; no fence may be below an earlier one, no worker hold more than its slots, and no run be
/// timed out before it had its time.
final class JobWatch implements Change.Listener {
    private final Oracle oracle;
    private final Map<JobId, Course> courses = new HashMap<>();
    private final Map<String, String> starts = new HashMap<>();
    private final Map<NodeId, Integer> slots = new HashMap<>();
    private final Map<NodeId, Set<JobId>> holds = new HashMap<>();
    private FencingToken lastFence = new FencingToken(0, 0, 0);
    private long counted;
    private long nowNanos;

    JobWatch(Oracle oracle) {
        this.oracle = oracle;
    }

    @Override
    public void changed(long index, int number, long micros, Change change) {
        if (change instanceof Change.InJobs(var event)) {
            switch (event) {
                case JobEvent.Moved(var job, var cause) -> moved(job, cause);
                case JobEvent.Finished(var job, var cause) -> finished(job, cause);
                case JobEvent.WorkerChanged _, JobEvent.QueueChanged _ -> {}
            }
        }
    }

    /// What comes next is of a batch that was stamped at this instant of true time.
    void enter(long stampedAtNanos) {
        nowNanos = stampedAtNanos;
    }

    /// `worker` never offers more than `count` slots.
    void offers(NodeId worker, int count) {
        slots.put(worker, count);
    }

    /// A job that is claimed now, where there is one.
    Optional<Held> anyHeld() {
        return holds.entrySet().stream()
                .flatMap(held -> held.getValue().stream().map(job -> new Held(job, held.getKey(), openAttempt(job))))
                .min(Comparator.comparing(Held::job));
    }

    private int openAttempt(JobId job) {
        Course course = courses.get(job);
        return course == null ? 0 : course.openAttempt;
    }

    /// One worker's hold on one job.
    record Held(JobId job, NodeId worker, int attempt) {}

    /// `process` starts a run.
    void started(String process, String job, int attempt) {
        var before = starts.putIfAbsent(job + "#" + attempt, process);
        if (before != null) {
            throw oracle.violation(process + " starts " + job + "#" + attempt + ", which " + before + " has started");
        }
    }

    boolean isKnown(JobId id) {
        return courses.containsKey(id);
    }

    /// Whether the job came to an end.
    boolean isFinished(JobId id) {
        Course course = courses.get(id);
        return course != null && course.isFinished;
    }

    /// How many results have counted.
    long counted() {
        return counted;
    }

    private void moved(JobView job, JobEvent.Cause cause) {
        Course course = courses.computeIfAbsent(job.id(), _ -> new Course());
        if (cause == JobEvent.Cause.SUBMITTED && course.wasSubmitted) {
            throw oracle.violation(job.id() + " is submitted twice");
        }
        course.wasSubmitted = true;
        if (course.isFinished && cause != JobEvent.Cause.RETRIED) {
            throw oracle.violation(job.id() + " has finished and moves on by " + cause);
        }
        course.isFinished = false;
        switch (job.state()) {
            case JobState.Claimed(var claim) -> {
                if (course.openAttempt != 0 || claim.attempt() != course.lastAttempt + 1) {
                    throw oracle.violation(job.id() + " is claimed as attempt " + claim.attempt() + " after "
                            + course.lastAttempt + " with " + course.openAttempt + " open");
                }
                course.lastAttempt = claim.attempt();
                course.openAttempt = claim.attempt();
                course.claimedNanos = nowNanos;
                claimed(job.id(), course, claim);
            }
            case JobState.Unclaimed _ -> {
                timedOut(job.id(), job.spec(), course, cause);
                over(job.id(), course);
            }
            case JobState.Dead _ -> throw oracle.violation(job.id() + " is in an end state without having finished");
        }
    }

    /// A fence is above every fence before it, and no worker holds more than it has slots for.
    private void claimed(JobId job, Course course, Claim claim) {
        if (claim.fence().compareTo(lastFence) <= 0) {
            throw oracle.violation(job + " is claimed with fence " + claim.fence() + " after " + lastFence);
        }
        lastFence = claim.fence();
        course.holder = claim.worker();
        var held = holds.computeIfAbsent(claim.worker(), _ -> new HashSet<>());
        held.add(job);
        int most = slots.getOrDefault(claim.worker(), Integer.MAX_VALUE);
        if (held.size() > most) {
            throw oracle.violation(claim.worker() + " has " + most + " slots and is given " + held);
        }
    }

    /// No run is timed out before it had its time, whatever steps wall clocks made.
    private void timedOut(JobId job, JobSpec spec, Course course, JobEvent.Cause cause) {
        long had = (nowNanos - course.claimedNanos) / 1_000_000;
        if (cause == JobEvent.Cause.TIMED_OUT && had < spec.timeoutMillis() * (1 - ClockWatch.DRIFT)) {
            throw oracle.violation(
                    job + " is timed out after " + had + " ms of " + spec.timeoutMillis() + " ms that it may take");
        }
    }

    private void over(JobId job, Course course) {
        course.openAttempt = 0;
        var held = course.holder == null ? null : holds.get(course.holder);
        if (held != null) {
            held.remove(job);
        }
        course.holder = null;
    }

    private void finished(FinishedJob job, JobEvent.Cause cause) {
        Course course = courses.get(job.id());
        if (course == null || course.isFinished) {
            throw oracle.violation(job.id() + " finishes " + (course == null ? "unsubmitted" : "twice"));
        }
        timedOut(job.id(), job.spec(), course, cause);
        if (job.state() instanceof JobState.Succeeded(var result)) {
            String expected =
                    SimWorker.resultOf(job.id().toString(), course.openAttempt).text();
            boolean isOfClaim = job.lastRun() instanceof LastRun.By by && by.attempt() == course.openAttempt;
            if (course.openAttempt == 0 || !isOfClaim || !result.text().equals(expected)) {
                throw oracle.violation(job.id() + " succeeds by a result of another attempt than the claimed one ("
                        + course.openAttempt + "): " + result.text());
            }
            counted++;
        }
        over(job.id(), course);
        course.isFinished = true;
        oracle.note(job.id() + " " + job.state().kind() + " by " + cause);
    }

    /// What is known of one job.
    private static final class Course {
        private boolean wasSubmitted;
        private boolean isFinished;
        private int lastAttempt;
        private int openAttempt;
        private long claimedNanos;
        private @Nullable NodeId holder;
    }
}

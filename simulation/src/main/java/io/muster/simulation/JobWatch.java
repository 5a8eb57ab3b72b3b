package io.muster.simulation;

import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobId;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import io.muster.state.Change;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows every job through the ledger with books of its own, and through the workers that really run it.
///
/// It believes nothing: a claim must be the next attempt and meet no open claim; a success must come from the attempt
/// that is claimed now and carry what that very attempt produced; a finished job must not finish again; no attempt may
/// be started by two processes.
final class JobWatch implements Change.Listener {
    private final Oracle oracle;
    private final Map<JobId, Course> courses = new HashMap<>();
    private final Map<String, String> starts = new HashMap<>();
    private long counted;

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
            }
            case JobState.Queued _, JobState.Scheduled _ -> course.openAttempt = 0;
            case JobState.Succeeded _, JobState.Dead _, JobState.Cancelled _ ->
                throw oracle.violation(job.id() + " is in an end state without having finished");
        }
    }

    private void finished(FinishedJob job, JobEvent.Cause cause) {
        Course course = courses.get(job.id());
        if (course == null || course.isFinished) {
            throw oracle.violation(job.id() + " finishes " + (course == null ? "unsubmitted" : "twice"));
        }
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
        course.openAttempt = 0;
        course.isFinished = true;
        oracle.note(job.id() + " " + job.state().kind() + " by " + cause);
    }

    /// What is known of one job.
    private static final class Course {
        private boolean wasSubmitted;
        private boolean isFinished;
        private int lastAttempt;
        private int openAttempt;
    }

    @Nullable String starterOf(String job, int attempt) {
        return starts.get(job + "#" + attempt);
    }
}

package io.muster.api;

import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.dispatch.LabelText;
import io.muster.encoding.Bytes;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Jobs of the ledger and of the history as `/v1` shows them.
final class JobViews {
    private JobViews() {}

    /// A job that stands in the ledger; `waitingFor` says in a sentence why it does not run, where that was asked.
    static JobDocument of(JobView job, @Nullable String waitingFor) {
        var draft = new Draft(job.id(), job.spec(), job.state(), job.submittedMicros());
        draft.attempt = job.tries().claims();
        draft.error = emptyToNull(job.tries().lastError());
        draft.take(job.lastRun());
        draft.waitingFor = waitingFor;
        return draft.view();
    }

    /// A job that has finished.
    static JobDocument of(FinishedJob job) {
        var draft = new Draft(job.id(), job.spec(), job.state(), job.submittedMicros());
        draft.attempt = job.tries().claims();
        draft.error = emptyToNull(job.tries().lastError());
        draft.take(job.lastRun());
        draft.finishedAt = instant(job.finishedMicros());
        return draft.view();
    }

    /// How the outside calls a state.
    static JobStatus state(JobState.Kind kind) {
        return JobStatus.valueOf(kind.name());
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// The fields that depend on the state; the rest is the same for every job.
    private static final class Draft {
        private final JobId id;
        private final JobSpec spec;
        private final JobState state;
        private final long submittedMicros;
        private int attempt;
        private @Nullable String worker;
        private @Nullable String fence;
        private @Nullable Instant notBefore;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private @Nullable Bytes result;
        private @Nullable String error;
        private @Nullable String reason;
        private @Nullable String waitingFor;
        private @Nullable Bytes checkpoint;

        Draft(JobId id, JobSpec spec, JobState state, long submittedMicros) {
            this.id = id;
            this.spec = spec;
            this.state = state;
            this.submittedMicros = submittedMicros;
        }

        void take(LastRun lastRun) {
            if (lastRun instanceof LastRun.By by) {
                worker = by.worker().value();
                fence = by.fence().toString();
                startedAt = instant(by.sinceMicros());
            }
        }

        JobDocument view() {
            switch (state) {
                case JobState.Unclaimed unclaimed -> {
                    boolean isTimed = unclaimed.dueMicros() != JobState.InLedger.NEVER;
                    notBefore = isTimed ? instant(unclaimed.dueMicros()) : null;
                }
                case JobState.Claimed(var claim) -> {
                    worker = claim.worker().value();
                    fence = claim.fence().toString();
                    startedAt = instant(claim.sinceMicros());
                    checkpoint = claim.checkpoint().isEmpty() ? null : claim.checkpoint();
                }
                case JobState.Succeeded(var answer) -> result = answer.isEmpty() ? null : answer;
                case JobState.Dead(var why, var message) -> reason = inWords(why, message);
                case JobState.Cancelled _ -> {}
            }
            return new JobDocument(
                    id.toString(),
                    spec.type(),
                    spec.queue(),
                    spec.priority(),
                    JobViews.state(state.kind()),
                    attempt,
                    worker,
                    fence,
                    instant(submittedMicros),
                    notBefore,
                    startedAt,
                    finishedAt,
                    spec.payload().isEmpty() ? null : spec.payload(),
                    result,
                    error,
                    reason,
                    waitingFor,
                    checkpoint,
                    LabelText.map(spec.labels()),
                    emptyToNull(spec.uniqueKey()),
                    null);
        }

        private static String inWords(JobState.DeathReason why, String message) {
            String said = switch (why) {
                case ATTEMPTS_EXHAUSTED -> "failed as often as it may";
                case NOT_RETRYABLE -> "its handler said that trying again is useless";
                case LOST_TOO_OFTEN -> "its workers died under it too often";
            };
            return message.isEmpty() ? said : said + ": " + message;
        }
    }
}

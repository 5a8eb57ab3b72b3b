package io.muster.exchange;

import io.muster.wire.Fields;

/// One run of one job: the job, and which time it is that somebody was given it.
///
/// @param job the job's id, as text
/// @param attempt 1 for the first claim
public record AttemptId(String job, int attempt) {
    public AttemptId {
        job = Fields.present(job, "job");
        if (attempt < 1) {
            throw new IllegalArgumentException("'attempt' of " + job + " is " + attempt + ": attempts count from 1");
        }
    }

    @Override
    public String toString() {
        return job + "#" + attempt;
    }
}

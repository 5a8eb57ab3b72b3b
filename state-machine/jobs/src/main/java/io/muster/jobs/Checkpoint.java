package io.muster.jobs;

import io.muster.encoding.Bytes;

/// How far a run has come, in the handler's own words; the next attempt is given it.
public record Checkpoint(JobId job, int attempt, Bytes content) {
    public Checkpoint {
        if (content.size() > JobLimits.MAX_CHECKPOINT_BYTES) {
            throw new IllegalArgumentException("a checkpoint of " + content.size() + " bytes is over the limit of "
                    + JobLimits.MAX_CHECKPOINT_BYTES + ": upload the data and refer to it");
        }
    }
}

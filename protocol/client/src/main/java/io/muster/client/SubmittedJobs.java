package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;

/// The answer to [SubmitJobs]: one item for each job asked for, in the same order.
public record SubmittedJobs(List<SubmittedJob> jobs) {
    public SubmittedJobs {
        jobs = Fields.copied(jobs);
    }
}

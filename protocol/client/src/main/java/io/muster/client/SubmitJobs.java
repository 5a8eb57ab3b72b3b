package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;

/// Asks for up to [io.muster.wire.WireLimits#MAX_BATCH_JOBS] jobs at once: the body of `POST /v1/jobs:batch`.
///
/// Each is accepted or refused by itself; the answer is a [SubmittedJobs] in the same order.
public record SubmitJobs(List<SubmitJob> jobs) {
    public SubmitJobs {
        jobs = Fields.whole(Fields.present(jobs, "jobs"), "jobs");
    }
}

package io.muster.client;

import io.muster.wire.Problem;
import org.jspecify.annotations.Nullable;

/// What became of one asked-for job.
///
/// @param status the HTTP status it would have had alone: 201 accepted, 200 known already under its key, or an error
/// @param id the job, when there is one
/// @param problem why there is none, when there is none
/// @param hint why the job will wait, in one sentence, where nothing in the cluster can run it as it stands
public record SubmittedJob(
        int status,
        @Nullable String id,
        @Nullable Problem problem,
        @Nullable String hint) {
    /// A job that exists only now.
    public static SubmittedJob accepted(String id) {
        return new SubmittedJob(201, id, null, null);
    }

    /// The job that its key stood for already.
    public static SubmittedJob known(String id) {
        return new SubmittedJob(200, id, null, null);
    }

    /// One job of a batch that was not taken, and why.
    public static SubmittedJob refused(Problem problem) {
        return new SubmittedJob(problem.status(), null, problem, null);
    }

    /// The same with a hint.
    public SubmittedJob hinted(@Nullable String why) {
        return new SubmittedJob(status, id, problem, why);
    }
}

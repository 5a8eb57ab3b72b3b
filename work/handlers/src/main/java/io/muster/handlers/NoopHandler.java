package io.muster.handlers;

import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.JobContext;

/// Does nothing and answers `{}`: what is left is the cost of the cluster itself, to be measured.
public final class NoopHandler implements Handler {
    @Override
    public String type() {
        return "noop";
    }

    @Override
    public ActionResult run(JobContext context) {
        return ActionResult.done("{}");
    }
}

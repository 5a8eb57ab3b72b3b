package io.muster.handlers;

import io.muster.advisories.Matching;
import io.muster.advisories.Provenance;
import io.muster.audits.AuditPayload;
import io.muster.encoding.Bytes;
import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.JobContext;
import java.time.Duration;
import java.util.Map;

/// Looks one version of one package up in the advisory set that the job names.
///
/// The payload is `{"purl": "pkg:npm/left-pad@1.3.0", "database": "<digest>"}`, or with `ecosystem`, `name` and
/// `version` instead of `purl`. The job names the database by its digest, so that all jobs of one audit are answered
/// from the same set whichever worker runs them; a worker that cannot have that set fails the run, and another may try.
///
/// `minimumMillis` makes the look-up wait first. It takes microseconds otherwise, and nobody could
/// watch it survive the loss of a leader.
public final class AuditHandler implements Handler {
    private final AdvisorySets sets;

    /// One that matches against `sets`.
    public AuditHandler(AdvisorySets sets) {
        this.sets = sets;
    }

    @Override
    public String type() {
        return AuditPayload.TYPE;
    }

    /// Which sets it has or can have, as audit jobs require it.
    @Override
    public Map<String, String> labels() {
        return sets.labels();
    }

    @Override
    public ActionResult run(JobContext context) throws InterruptedException {
        return switch (PayloadReading.of(context.payload(), AuditPayload.class)) {
            case PayloadReading.Unreadable<AuditPayload>(String why) ->
                ActionResult.hopeless("cannot read what to audit: " + why);
            case PayloadReading.Read<AuditPayload>(AuditPayload payload) -> audit(payload, context);
        };
    }

    private ActionResult audit(AuditPayload payload, JobContext context) throws InterruptedException {
        String wanted = AdvisorySets.bare(String.valueOf(payload.database()));
        context.pause(Duration.ofMillis(payload.minimumMillis()));
        return switch (AuditSubject.of(payload)) {
            case AuditSubject.Unknown(String why) -> ActionResult.hopeless("cannot audit: " + why);
            case AuditSubject.Known known -> audit(known, wanted, context);
        };
    }

    private ActionResult audit(AuditSubject.Known known, String wanted, JobContext context)
            throws InterruptedException {
        return switch (sets.with(wanted, database -> database.match(known.lookups()))) {
            case AdvisorySets.Answer.Missing<Matching>(String why) ->
                ActionResult.failed("cannot audit with advisory database " + wanted + " at worker " + context.worker()
                        + ": " + why);
            case AdvisorySets.Answer.Of<Matching>(Matching matching) -> {
                Bytes fitting = FittingResult.json(known.purl(), wanted, Provenance.ENGINE_VERSION, matching);
                yield new ActionResult.Done(fitting);
            }
        };
    }
}

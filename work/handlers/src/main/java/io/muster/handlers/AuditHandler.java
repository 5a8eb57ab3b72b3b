package io.muster.handlers;

import io.muster.advisories.Provenance;
import io.muster.audits.AuditPayload;
import io.muster.catalog.AdvisoryDatabase;
import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.JobContext;
import java.time.Duration;
import java.util.Map;

/// Looks one version of one package up in the advisory database of this worker.
///
/// The payload is `{"purl": "pkg:npm/left-pad@1.3.0", "database": "<digest>"}`, or with `ecosystem`,
/// `name` and
/// `version` instead of `purl`. The job names the database by its digest, so that all jobs of one
/// audit are answered from the same set whichever worker runs them; a worker that holds another set
/// fails the run, and another may try.
///
/// `minimumMillis` makes the look-up wait first. It takes microseconds otherwise, and nobody could
/// watch it survive the loss of a leader.
public final class AuditHandler implements Handler {
    private static final String ALGORITHM = "sha256:";

    private final AdvisoryDatabase database;
    private final String digest;

    public AuditHandler(AdvisoryDatabase database) {
        this.database = database;
        this.digest = bare(database.digest());
    }

    @Override
    public String type() {
        return AuditPayload.TYPE;
    }

    /// `advisories=` and the first 12 digits of the database's digest, which audit jobs require.
    @Override
    public Map<String, String> labels() {
        return Map.of(AuditPayload.DATABASE_LABEL, AuditPayload.label(digest));
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
        String wanted = bare(String.valueOf(payload.database()));
        if (!wanted.equals(digest)) {
            return ActionResult.failed("cannot audit with advisory database " + wanted + ": worker " + context.worker()
                    + " has " + digest + " loaded; load the wanted one, or audit anew with this one");
        }
        context.pause(Duration.ofMillis(payload.minimumMillis()));
        return switch (AuditSubject.of(payload)) {
            case AuditSubject.Unknown(String why) -> ActionResult.hopeless("cannot audit: " + why);
            case AuditSubject.Known known ->
                new ActionResult.Done(FittingResult.json(
                        known.purl(), digest, Provenance.ENGINE_VERSION, database.match(known.lookups())));
        };
    }

    private static String bare(String digest) {
        return digest.startsWith(ALGORITHM) ? digest.substring(ALGORITHM.length()) : digest;
    }
}

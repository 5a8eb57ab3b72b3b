package io.muster.client;

import io.muster.wire.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An audit as it is shown outside; its findings grow while its jobs finish.
///
/// @param state `running`, `concluded` or `cancelled`
/// @param candidates how many packages the manifests name
/// @param chosen how many of them are looked up
/// @param finished how many of those have been
/// @param failed how many of those could not be, for good
/// @param jobs the job of each look-up, in the order of submission
/// @param notices what could not be read or planned, one sentence each
public record AuditDocument(
        String id,
        String name,
        String state,
        @Nullable String database,
        double sample,
        long candidates,
        long chosen,
        long finished,
        long failed,
        Instant submittedAt,
        @Nullable Instant finishedAt,
        List<String> jobs,
        List<FindingDocument> findings,
        List<String> notices) {
    public AuditDocument {
        id = Fields.present(id, "id");
        jobs = Fields.copied(jobs);
        findings = Fields.copied(findings);
        notices = Fields.copied(notices);
    }
}

package io.muster.api;

import io.muster.audits.Audit;
import io.muster.audits.AuditId;
import io.muster.audits.AuditResult;
import io.muster.audits.Conclusion;
import io.muster.audits.JobEnd;
import io.muster.audits.StartAudit;
import io.muster.client.AuditDocument;
import io.muster.client.FindingDocument;
import io.muster.versions.PackageUrl;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Audits as `/v1` shows them.
final class AuditViews {
    /// Results of look-ups that one answer is made of, in bytes.
    static final long MAX_RESULT_BYTES = 4L << 20;

    /// Findings in one answer.
    static final int MAX_FINDINGS = 10_000;

    /// More of them would hide the findings.
    private static final int MAX_NOTICES = 100;

    private AuditViews() {}

    /// An audit as it stood at one moment, taken on the state's thread; reading its conclusions is left to others.
    record Snapshot(
            AuditId id,
            StartAudit request,
            long startedMicros,
            long finishedMicros,
            boolean isCancelled,
            List<String> jobs,
            List<Conclusion> conclusions) {
        static Snapshot of(Audit audit) {
            return new Snapshot(
                    audit.id(),
                    audit.request(),
                    audit.startedMicros(),
                    audit.isFinished() ? audit.finishedMicros() : 0,
                    audit.isCancelled(),
                    List.copyOf(audit.candidateByJob().keySet()),
                    audit.conclusions());
        }
    }

    /// What [#whole] takes in memory, about: each result is there as bytes and as a record.
    static long weight(Snapshot audit) {
        long bytes = 0;
        for (Conclusion conclusion : audit.conclusions()) {
            bytes += conclusion.end().result().size();
        }
        return 2 * Math.min(bytes, MAX_RESULT_BYTES);
    }

    /// The audit with what was found, and `notices` before those of the look-ups. What has no room in one answer is
    /// counted in the first notice: a worker may have found thousands of things in each of thousands of packages.
    static AuditDocument whole(Snapshot audit, List<String> notices) {
        var findings = new ArrayList<FindingDocument>();
        var remarks = new ArrayList<>(notices);
        long bytes = 0;
        int unread = 0;
        for (Conclusion conclusion : audit.conclusions()) {
            bytes += conclusion.end().result().size();
            if (bytes > MAX_RESULT_BYTES || findings.size() >= MAX_FINDINGS) {
                unread++;
            } else {
                read(conclusion, findings, remarks);
            }
        }
        if (unread > 0) {
            remarks.addFirst("the findings of " + unread + " of "
                    + audit.conclusions().size()
                    + " packages are not shown: an answer takes " + MAX_FINDINGS + " findings and " + MAX_RESULT_BYTES
                    + " bytes of results; each package's stand in the result of its job");
        }
        return view(
                audit,
                audit.jobs(),
                findings.size() > MAX_FINDINGS ? findings.subList(0, MAX_FINDINGS) : findings,
                remarks.stream().limit(MAX_NOTICES).toList());
    }

    /// The audit without its jobs and findings, for a listing.
    static AuditDocument head(Snapshot audit) {
        return view(audit, List.of(), List.of(), List.of());
    }

    private static AuditDocument view(
            Snapshot audit, List<String> jobs, List<FindingDocument> findings, List<String> notices) {
        boolean isFinished = audit.isCancelled()
                || audit.conclusions().size() == audit.jobs().size();
        var request = audit.request();
        return new AuditDocument(
                audit.id().toString(),
                request.source(),
                audit.isCancelled() ? "cancelled" : isFinished ? "concluded" : "running",
                request.database(),
                request.share().fraction(),
                request.candidates().size(),
                audit.jobs().size(),
                audit.conclusions().size(),
                audit.conclusions().stream().filter(AuditViews::hasFailed).count(),
                JobViews.instant(audit.startedMicros()),
                isFinished ? JobViews.instant(audit.finishedMicros()) : null,
                jobs,
                findings,
                notices);
    }

    private static void read(Conclusion conclusion, List<FindingDocument> findings, List<String> remarks) {
        JobEnd end = conclusion.end();
        if (hasFailed(conclusion)) {
            remarks.add(conclusion.candidate() + " could not be looked up: "
                    + end.result().text());
            return;
        }
        AuditResult result;
        try {
            result = Json.read(end.result(), AuditResult.class);
        } catch (MalformedJsonException e) {
            remarks.add(conclusion.candidate() + ": its conclusion cannot be read: " + e.getMessage());
            return;
        }
        Optional<PackageUrl> purl = PackageUrl.parse(conclusion.candidate()).valid();
        for (AuditResult.Found found : result.findings()) {
            findings.add(finding(conclusion, purl.orElse(null), found));
        }
        if (result.omitted() > 0) {
            remarks.add(conclusion.candidate() + ": " + result.omitted() + " further findings did not fit");
        }
        for (AuditResult.Doubt doubt : result.undecided()) {
            remarks.add(conclusion.candidate() + ": " + doubt.id() + " cannot be decided: " + doubt.why());
        }
    }

    private static FindingDocument finding(Conclusion conclusion, @Nullable PackageUrl purl, AuditResult.Found found) {
        String name = conclusion.candidate();
        String ecosystem = "";
        if (purl != null) {
            var known = purl.packageName();
            name = known.map(packageName -> packageName.name()).orElse(purl.name());
            ecosystem =
                    known.map(packageName -> packageName.ecosystem().toString()).orElse(purl.type());
        }
        JobEnd end = conclusion.end();
        return new FindingDocument(
                conclusion.candidate(),
                ecosystem,
                name,
                purl == null ? "" : purl.version(),
                found.id(),
                found.aliases(),
                found.severity(),
                found.score(),
                found.summary(),
                found.fixed(),
                end.job(),
                end.worker().isEmpty() ? null : end.worker(),
                end.attempt());
    }

    private static boolean hasFailed(Conclusion conclusion) {
        return switch (conclusion.end().completion()) {
            case CONCLUDED -> false;
            case FAILED -> true;
        };
    }
}

package io.muster.audits;

import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One audit: what was chosen, which jobs stand for it, and what they concluded so far.
///
/// Owned by its [AuditLedger], and read on the thread that owns that.
public final class Audit {
    /// Rough sizes in memory, in bytes: of an audit, of one of its candidates, of a conclusion beside its result.
    private static final int AUDIT_OVERHEAD = 256;

    private static final int CANDIDATE_OVERHEAD = 160;
    private static final int CONCLUSION_OVERHEAD = 128;

    private final AuditId id;
    private final StartAudit request;
    private final long startedMicros;
    private final Map<String, String> candidateByJob = new LinkedHashMap<>();
    private final List<Conclusion> conclusions = new ArrayList<>();
    private long finishedMicros;
    private boolean isCancelled;
    private long weight;

    Audit(AuditId id, StartAudit request, long startedMicros) {
        this.id = id;
        this.request = request;
        this.startedMicros = startedMicros;
        this.weight = AUDIT_OVERHEAD
                + (long) CANDIDATE_OVERHEAD * request.candidates().size();
    }

    void waitFor(String job, String candidate) {
        candidateByJob.put(job, candidate);
    }

    void conclude(JobEnd end, long micros) {
        String candidate = Invariant.present(candidateByJob.get(end.job()), "an audit hears only of its own jobs");
        conclusions.add(new Conclusion(candidate, end));
        weight += CONCLUSION_OVERHEAD + end.result().size();
        if (isFinished()) {
            finishedMicros = micros;
        }
    }

    void cancel(long micros) {
        isCancelled = true;
        finishedMicros = micros;
    }

    void finishedAt(long micros) {
        finishedMicros = micros;
    }

    public AuditId id() {
        return id;
    }

    public StartAudit request() {
        return request;
    }

    /// Log time of the start, in microseconds since 1970.
    public long startedMicros() {
        return startedMicros;
    }

    /// Log time of the last conclusion or of its cancelling, in microseconds since 1970; 0 while the audit runs.
    public long finishedMicros() {
        return finishedMicros;
    }

    /// The package each job stands for, in submission order.
    public Map<String, String> candidateByJob() {
        return Collections.unmodifiableMap(candidateByJob);
    }

    /// How many packages were chosen.
    public int chosen() {
        return candidateByJob.size();
    }

    /// The conclusions so far, in the order in which they came.
    public List<Conclusion> conclusions() {
        return List.copyOf(conclusions);
    }

    /// Whether it was called off; what it had concluded until then stays.
    public boolean isCancelled() {
        return isCancelled;
    }

    /// Whether nothing more comes of it.
    public boolean isFinished() {
        return isCancelled || conclusions.size() == candidateByJob.size();
    }

    /// What this audit costs in memory, roughly, in bytes.
    long weight() {
        return weight;
    }
}

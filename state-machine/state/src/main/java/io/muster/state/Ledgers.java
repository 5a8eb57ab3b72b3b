package io.muster.state;

import io.muster.access.AccessLedger;
import io.muster.audits.AuditLedger;
import io.muster.jobs.JobLedger;
import io.muster.log.Ledger;
import io.muster.references.ReferenceLedger;
import io.muster.values.ValueLedger;
import java.util.List;
import java.util.function.Consumer;

/// The ledgers of the cluster, each under its own type. A new ledger enters here, and nothing else of the
/// state machine has to know it: it goes through [#all].
final class Ledgers {
    private final JobLedger jobs;
    private final ValueLedger values;
    private final AccessLedger access;
    private final AuditLedger audits;
    private final ReferenceLedger references;

    /// @param changes hears of what changes in any of them
    Ledgers(Consumer<Change> changes) {
        var followUps = new FollowUps(this);
        jobs = new JobLedger(event -> {
            changes.accept(new Change.InJobs(event));
            followUps.happened(event);
        });
        values = new ValueLedger(key -> changes.accept(new Change.InValues(key)));
        access = new AccessLedger(() -> changes.accept(new Change.InAccess()));
        audits = new AuditLedger(followUps.ofAudits(), audit -> changes.accept(new Change.InAudit(audit)));
        references = new ReferenceLedger(followUps.ofReferences());
    }

    /// All of them, in the order in which their fingerprints enter the digest: it never changes, and a new
    /// one stands last.
    List<Ledger<?>> all() {
        return List.of(jobs, values, access, audits, references);
    }

    JobLedger jobs() {
        return jobs;
    }

    ValueLedger values() {
        return values;
    }

    AccessLedger access() {
        return access;
    }

    AuditLedger audits() {
        return audits;
    }

    public ReferenceLedger references() {
        return references;
    }
}

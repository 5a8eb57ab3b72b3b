package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.audits.AuditId;
import io.muster.audits.AuditLedger;
import io.muster.audits.AuditPayload;
import io.muster.audits.AuditReply;
import io.muster.audits.CancelAudit;
import io.muster.audits.JobEnd;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Concurrency;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobSpec;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seam: what follows from a command in another ledger happens in the same entry, whole, and in order.
final class FollowUpTest {
    private static final NodeId WORKER = new NodeId("worker-a");
    private static final List<String> PACKAGES = List.of("pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/c@1");

    private final StateLog log = new StateLog();

    @Test
    void an_audit_its_jobs_and_their_claims_come_from_one_entry_in_that_order() {
        join(2);
        log.changes.clear();

        var reply = log.apply(StateLog.of(audit(PACKAGES)));

        long entry = log.state.appliedIndex();
        assertThat(reply).isEqualTo(new AuditReply.Started(new AuditId(entry), 3, 0));
        assertThat(log.changes.stream().map(FollowUpTest::word))
                .containsExactly("queued", "queued", "queued", "audit", "claimed", "claimed");
        assertThat(jobsInOrder()).allSatisfy(id -> assertThat(id.index()).isEqualTo(entry));
    }

    @Test
    void jobs_of_an_audit_are_submitted_in_the_order_of_its_candidates() {
        log.apply(StateLog.of(audit(PACKAGES)));

        var audit = log.state.audits().newest(1).getFirst();

        assertThat(audit.candidateByJob().values()).containsExactlyElementsOf(PACKAGES);
        assertThat(audit.candidateByJob().keySet())
                .containsExactlyElementsOf(
                        jobsInOrder().stream().map(JobId::toString).toList());
    }

    @Test
    void a_cancelled_audit_takes_only_those_jobs_along_for_which_no_other_waits() {
        log.apply(StateLog.of(audit(PACKAGES)));
        var first = log.state.audits().newest(1).getFirst();
        log.apply(StateLog.of(audit(PACKAGES.subList(0, 1))));
        var second = log.state.audits().newest(1).getFirst();

        var reply = log.apply(StateLog.of(new CancelAudit(first.id())));

        assertThat(reply).isEqualTo(new AuditReply.Cancelled(first.id(), 2));
        assertThat(first.isCancelled()).isTrue();
        assertThat(log.state.jobs().counts().get(JobState.Kind.CANCELLED)).isEqualTo(2);
        assertThat(second.candidateByJob().keySet()).allMatch(log.state.audits()::isAwaited);
        assertThat(log.apply(StateLog.of(new CancelAudit(first.id()))))
                .isEqualTo(new AuditReply.NotRunning(first.id()));
        assertThat(log.apply(StateLog.of(new CancelAudit(second.id()))))
                .isEqualTo(new AuditReply.Cancelled(second.id(), 1));
    }

    @Test
    void the_end_of_the_last_job_concludes_the_audit_in_the_same_entry() {
        join(3);
        log.apply(StateLog.of(audit(PACKAGES)));
        var jobs = jobsInOrder();
        succeed(jobs.get(0));
        succeed(jobs.get(1));
        var before = log.state.audits().newest(1).getFirst().isFinished();

        succeed(jobs.get(2));

        var audit = log.state.audits().newest(1).getFirst();
        assertThat(before).isFalse();
        assertThat(audit.isFinished()).isTrue();
        assertThat(audit.finishedMicros()).isEqualTo(log.state.micros());
        assertThat(audit.conclusions())
                .extracting(conclusion -> conclusion.end().worker())
                .containsOnly("worker-a");
    }

    @Test
    void a_package_still_queued_is_not_queued_again_and_both_audits_hear_of_its_end() {
        log.apply(StateLog.of(audit(PACKAGES)));

        var second = log.apply(StateLog.of(audit(List.of("pkg:npm/b@1", "pkg:npm/d@1"))));
        log.apply(StateLog.of(new JobCommand.Cancel(jobsInOrder())));

        assertThat(second)
                .isInstanceOfSatisfying(
                        AuditReply.Started.class,
                        started -> assertThat(started.alreadyQueued()).isEqualTo(1));
        assertThat(log.state.audits().newest(2))
                .hasSize(2)
                .allSatisfy(audit -> assertThat(audit.isFinished()).isTrue());
    }

    @Test
    void a_job_that_is_cancelled_concludes_nothing_about_its_package() {
        log.apply(StateLog.of(audit(PACKAGES)));

        log.apply(StateLog.of(new JobCommand.Cancel(jobsInOrder())));

        var audit = log.state.audits().newest(1).getFirst();
        assertThat(audit.isFinished()).isTrue();
        assertThat(audit.conclusions())
                .extracting(conclusion -> conclusion.end().completion())
                .containsOnly(JobEnd.Completion.FAILED);
    }

    @Test
    void audits_do_not_run_on_the_leader_while_another_worker_can_take_them() {
        join(WORKER, 3);
        log.lead(WORKER.value());
        join(new NodeId("worker-b"), 1);

        log.apply(StateLog.of(audit(PACKAGES)));

        var claimed = log.state.jobs().page(JobFilter.of(JobState.Kind.CLAIMED), new JobId(0), 100);
        assertThat(claimed.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.state())
                        .isInstanceOfSatisfying(
                                JobState.Claimed.class,
                                state -> assertThat(state.claim().worker()).isEqualTo(new NodeId("worker-b"))));
    }

    @Test
    void more_audits_at_once_than_are_remembered_are_refused_whole() {
        for (int i = 0; i < AuditLedger.MAX_AUDITS; i++) {
            log.apply(StateLog.of(audit(List.of("pkg:npm/p@" + i))));
        }

        var reply = log.apply(StateLog.of(audit(PACKAGES)));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        AuditReply.Full.class, full -> assertThat(full.reason()).contains("audits that still run"));
        assertThat(log.state.jobs().counts()).containsEntry(JobState.Kind.QUEUED, (long) AuditLedger.MAX_AUDITS);
    }

    @Test
    void an_audit_for_whose_jobs_there_is_no_lane_is_refused_whole() {
        fillTheLanes();

        var reply = log.apply(StateLog.of(audit(PACKAGES)));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        AuditReply.Full.class, full -> assertThat(full.reason()).contains("too full for 3"));
        assertThat(log.state.audits().newest(1)).isEmpty();
        assertThat(log.state.jobs().counts()).containsEntry(JobState.Kind.QUEUED, (long) JobLimits.MAX_LANES);
    }

    private void fillTheLanes() {
        for (int from = 0; from < JobLimits.MAX_LANES; from += JobLimits.MAX_BATCH) {
            var specs = new ArrayList<JobSpec>();
            for (int i = from; i < from + JobLimits.MAX_BATCH; i++) {
                specs.add(JobSpec.of("noop", "default", Bytes.EMPTY).withConcurrency(new Concurrency("lock-" + i, 1)));
            }
            log.apply(StateLog.of(new JobCommand.Submit(specs)));
        }
    }

    private void join(int slots) {
        join(WORKER, slots);
    }

    private void join(NodeId worker, int slots) {
        var labels = Labels.of(AuditPayload.DATABASE_LABEL + "=" + AuditPayload.label(Tampering.DATABASE));
        var capacity = Capacity.of(slots, labels, List.of(AuditPayload.TYPE));
        log.apply(StateLog.of(new JobCommand.JoinWorker(worker, 1, capacity)));
    }

    private void succeed(JobId job) {
        var result = new WorkResult(job, 1, new RunEnding.Success(Bytes.utf8("{}")));
        log.apply(StateLog.of(new JobCommand.ReportWork(WORKER, 1, List.of(result), List.of())));
    }

    private List<JobId> jobsInOrder() {
        return log.state.jobs().page(JobFilter.ALL, new JobId(0), 100).jobs().stream()
                .map(job -> job.id())
                .toList();
    }

    private static StartAudit audit(List<String> packages) {
        return new StartAudit("go.mod", Tampering.DATABASE, Share.ALL, 0, packages);
    }

    private static String word(Change change) {
        return switch (change) {
            case Change.InJobs(JobEvent.Moved(var job, var _)) ->
                switch (job.state()) {
                    case JobState.Queued _ -> "queued";
                    case JobState.Claimed _ -> "claimed";
                    case JobState.Unclaimed _, JobState.Dead _ -> "other";
                };
            case Change.InAudit _ -> "audit";
            case Change.InJobs _, Change.NewTerm _, Change.InValues _, Change.InAccess _ -> "other";
        };
    }
}

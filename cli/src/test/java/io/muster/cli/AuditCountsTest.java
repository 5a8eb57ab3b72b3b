package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.AuditDocument;
import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.encoding.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The demonstration says "lost 0, counted twice 0" only where that is so.
final class AuditCountsTest {
    private static final AuditDocument ACCEPTED = audit(2, 0, "job-1", "job-2");
    private static final AuditDocument ENDED = audit(2, 2, "job-1", "job-2");
    private static final JobDocument FIRST = job("job-1", JobStatus.SUCCEEDED, 1, "star");
    private static final JobDocument SECOND = job("job-2", JobStatus.SUCCEEDED, 2, "dust");

    @Test
    void jobs_that_all_succeeded_once_are_right_and_those_that_ran_again_are_counted() {
        assertThat(AuditCounts.of(ACCEPTED, ENDED, List.of(FIRST, SECOND))).isEqualTo(new AuditCounts(2, 0, 0, 1));
    }

    @Test
    void an_accepted_job_that_the_audit_no_longer_knows_is_lost() {
        var forgetful = audit(1, 1, "job-1");

        var counts = AuditCounts.of(ACCEPTED, forgetful, List.of(FIRST));

        assertThat(counts).isEqualTo(new AuditCounts(1, 1, 0, 0));
        assertThat(counts.isRight()).isFalse();
    }

    @Test
    void a_package_that_was_accepted_without_a_job_is_lost() {
        var lacking = audit(3, 0, "job-1", "job-2");

        assertThat(AuditCounts.of(lacking, ENDED, List.of(FIRST, SECOND)).lost())
                .isEqualTo(1);
    }

    @Test
    void a_job_that_did_not_succeed_is_lost() {
        var dead = job("job-2", JobStatus.DEAD, 3, "dust");

        assertThat(AuditCounts.of(ACCEPTED, ENDED, List.of(FIRST, dead)).lost()).isEqualTo(1);
    }

    @Test
    void a_lost_job_does_not_make_up_for_one_that_counted_twice() {
        var twin = job("job-2", JobStatus.SUCCEEDED, 1, "star");
        var behind = audit(2, 1, "job-1", "job-2");

        assertThat(AuditCounts.of(ACCEPTED, behind, List.of(FIRST, twin)).twice())
                .isEqualTo(1);
    }

    @Test
    void a_job_that_nobody_asked_for_and_a_result_too_many_count_twice() {
        var more = audit(2, 3, "job-1", "job-2", "job-3");

        var counts = AuditCounts.of(ACCEPTED, more, List.of(FIRST, SECOND));

        assertThat(counts.twice()).isEqualTo(2);
        assertThat(counts.isRight()).isFalse();
    }

    private static AuditDocument audit(long chosen, long finished, String... jobs) {
        return new AuditDocument(
                "audit-1",
                "webshop",
                "running",
                "digest",
                1.0,
                chosen,
                chosen,
                finished,
                0,
                Instant.EPOCH,
                null,
                new ArrayList<>(List.of(jobs)),
                List.of(),
                List.of());
    }

    private static JobDocument job(String id, JobStatus state, int attempt, String subject) {
        return new JobDocument(
                id,
                "audit",
                "default",
                50,
                state,
                attempt,
                "node-1",
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                Bytes.utf8(subject),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null);
    }
}

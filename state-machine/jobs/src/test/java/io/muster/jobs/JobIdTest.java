package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class JobIdTest {
    @Test
    void the_text_of_an_id_never_changes_and_reads_back() {
        var id = JobId.of(1_000_000, 7);

        assertThat(id).hasToString("job-000001x140007");
        assertThat(JobId.parse("job-000001x140007")).isEqualTo(id);
        assertThat(JobId.parse("job-000001X140007")).isEqualTo(id);
        assertThat(id.index()).isEqualTo(1_000_000);
    }

    @Test
    void ids_sort_by_submission_as_numbers_and_as_text() {
        var earlier = JobId.of(31, JobId.MAX_PER_ENTRY - 1);
        var later = JobId.of(32, 0);

        assertThat(earlier).isLessThan(later);
        assertThat(earlier.toString()).isLessThan(later.toString());
    }

    @Test
    void what_is_no_id_is_refused_with_its_shape() {
        for (String text :
                new String[] {"", "job-", "job-000001x14000", "job-000001x14000u", "job-zzzzzzzzzzzzz", "x"}) {
            assertThatThrownBy(() -> JobId.parse(text)).hasMessageContaining("is no job id");
        }
        assertThat(JobId.parse(new JobId(Long.MAX_VALUE).toString()).value()).isEqualTo(Long.MAX_VALUE);
    }
}

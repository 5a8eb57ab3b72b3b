package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final Admission admission = new Admission();

    @Test
    void bodies_of_unknown_length_count_as_the_largest_there_may_be() {
        long most = Admission.MAX_BYTES / RequestBody.MAX_BYTES;
        for (long i = 0; i < most; i++) {
            assertThat(admission.enter(-1)).isEqualTo(RequestBody.MAX_BYTES);
        }

        assertThatThrownBy(() -> admission.enter(1)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void a_refused_request_takes_nothing_and_an_answered_one_makes_room() {
        for (int i = 0; i < Admission.MAX_REQUESTS; i++) {
            admission.enter(0);
        }
        assertThatThrownBy(() -> admission.enter(0)).hasMessageContaining("nothing was written");
        assertThatThrownBy(() -> admission.enter(0)).hasMessageContaining("nothing was written");

        admission.leave(0);

        assertThat(admission.enter(0)).isZero();
    }
}

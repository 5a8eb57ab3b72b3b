package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.http.Admission.MemoryPool;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final long MAX_BYTES = 128L << 20;

    private final Admission admission = new Admission(MAX_BYTES);

    @Test
    void a_request_takes_nothing_before_its_bytes_come() {
        for (int i = 0; i < Admission.MAX_REQUESTS_PER_KEY; i++) {
            admission.enter("key", MemoryPool.REQUESTS);
        }

        assertThat(admission.hold("key", MemoryPool.REQUESTS).grow(Admission.MAX_KEY_BYTES))
                .isTrue();
    }

    @Test
    void one_key_cannot_take_all_the_bytes_of_its_pool() {
        assertThat(admission.hold("greedy", MemoryPool.WORK).grow(Admission.MAX_KEY_BYTES))
                .isTrue();

        assertThat(admission.hold("greedy", MemoryPool.WORK).grow(1)).isFalse();
        assertThat(admission.hold("modest", MemoryPool.WORK).grow(RequestBody.MAX_BYTES))
                .isTrue();
    }

    @Test
    void all_workers_together_leave_the_bytes_of_everybody_else_alone() {
        int worker = 0;
        while (admission.hold("worker" + worker, MemoryPool.WORK).grow(Admission.MAX_KEY_BYTES)) {
            worker++;
        }

        assertThat(worker * Admission.MAX_KEY_BYTES).isEqualTo(MAX_BYTES / 2);
        assertThat(admission.hold("operator", MemoryPool.REQUESTS).grow(RequestBody.MAX_BYTES))
                .isTrue();
    }

    @Test
    void one_key_cannot_take_all_places() {
        for (int i = 0; i < Admission.MAX_REQUESTS_PER_KEY; i++) {
            admission.enter("key", MemoryPool.REQUESTS);
        }
        assertThatThrownBy(() -> admission.enter("key", MemoryPool.REQUESTS))
                .hasMessageContaining("of one key")
                .hasMessageContaining("nothing was written");
        admission.enter("other", MemoryPool.REQUESTS).close();
    }

    @Test
    void a_closed_share_makes_room_once() {
        var reservations = new ArrayList<Admission.Reservation>();
        for (int i = 0; i < Admission.MAX_REQUESTS_PER_KEY; i++) {
            reservations.add(admission.enter("key", MemoryPool.REQUESTS));
        }

        reservations.getFirst().close();
        reservations.getFirst().close();

        admission.enter("key", MemoryPool.REQUESTS).close();
        assertThatThrownBy(() -> {
                    admission.enter("key", MemoryPool.REQUESTS);
                    admission.enter("key", MemoryPool.REQUESTS);
                })
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void a_closed_share_gives_back_what_it_held() {
        var reservation = admission.hold("key", MemoryPool.WORK);
        assertThat(reservation.grow(Admission.MAX_KEY_BYTES)).isTrue();
        reservation.shrink(10);
        assertThat(reservation.grow(10)).isTrue();

        reservation.close();

        assertThat(admission.hold("key", MemoryPool.WORK).grow(Admission.MAX_KEY_BYTES))
                .isTrue();
    }

    @Test
    void a_closed_share_takes_nothing() {
        var reservation = admission.hold("key", MemoryPool.WORK);

        reservation.close();

        assertThat(reservation.grow(1)).isFalse();
    }
}

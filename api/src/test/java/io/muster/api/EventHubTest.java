package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.EventHub.Resumption;
import io.muster.state.Change;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventHubTest {
    private final AtomicLong nanos = new AtomicLong();
    private final EventHub hub = new EventHub(nanos::get);

    @Test
    void no_event_is_wanted_while_nobody_listens() {
        assertThat(hub.isWanted()).isFalse();

        var listener = new EventListener();
        hub.listen(listener);
        assertThat(hub.isWanted()).isTrue();
    }

    @Test
    void events_are_kept_for_a_listener_that_comes_back_soon() {
        var listener = new EventListener();
        hub.listen(listener);
        hub.publish(List.of(event(5, 0)));
        hub.leave(listener);

        hub.publish(List.of(event(6, 0)));

        assertThat(hub.resume(new EventId(0, 5, 0))).isEqualTo(new Resumption.Missed(List.of(event(6, 0))));
    }

    @Test
    void events_are_forgotten_when_nobody_came_back_in_time() {
        var listener = new EventListener();
        hub.listen(listener);
        hub.publish(List.of(event(5, 0)));
        hub.leave(listener);

        nanos.addAndGet(EventHub.LINGER.toNanos());
        hub.publish(List.of(event(6, 0)));

        assertThat(hub.isWanted()).isFalse();
        assertThat(hub.resume(new EventId(0, 5, 0))).isEqualTo(new Resumption.Lost());
    }

    @Test
    void whoever_resumes_from_behind_the_ring_is_told_to_start_over() {
        hub.listen(new EventListener());
        for (int index = 1; index <= EventHub.RING_SIZE + 1; index++) {
            hub.publish(List.of(event(index, 0)));
        }

        assertThat(hub.resume(new EventId(0, 1, 0))).isEqualTo(new Resumption.Lost());
        assertThat(hub.resume(new EventId(0, EventHub.RING_SIZE, 0)))
                .isEqualTo(new Resumption.Missed(List.of(event(EventHub.RING_SIZE + 1, 0))));
    }

    @Test
    void whoever_resumes_from_another_history_of_the_log_is_told_to_start_over() {
        hub.listen(new EventListener());
        hub.publish(List.of(event(5, 0), event(6, 0)));

        assertThat(hub.resume(new EventId(1, 5, 0))).isEqualTo(new Resumption.Lost());
    }

    @Test
    void a_listener_too_far_behind_is_cut_off_and_the_others_are_not() throws InterruptedException {
        var slow = new EventListener();
        var quick = new EventListener();
        hub.listen(slow);
        hub.listen(quick);
        for (int index = 1; index <= EventHub.MAX_BEHIND + 1; index++) {
            hub.publish(List.of(event(index, 0)));
            assertThat(quick.next(0)).isPresent();
        }

        int read = 0;
        while (!EventListener.isEnd(slow.next(0).orElseThrow())) {
            read++;
        }
        assertThat(read).isEqualTo(EventHub.MAX_BEHIND);
        hub.publish(List.of(event(EventHub.MAX_BEHIND + 2, 0)));
        assertThat(quick.next(0)).isPresent();
    }

    @Test
    void more_streams_than_the_limit_are_refused() {
        for (int i = 0; i < EventHub.MAX_LISTENERS; i++) {
            assertThat(hub.listen(new EventListener())).isTrue();
        }

        assertThat(hub.listen(new EventListener())).isFalse();
    }

    @Test
    void an_event_id_reads_back_what_it_writes() {
        var id = new EventId(3, 1_234_567, 42);

        assertThat(EventId.parse(id.toString())).isEqualTo(id).hasToString("3-1234567.42");
    }

    private static LiveEvent event(long index, int ordinal) {
        return new LiveEvent(new EventId(0, index, ordinal), index, new Change.InValues("key"));
    }
}

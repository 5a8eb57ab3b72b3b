package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.EventCursor.Next;
import io.muster.state.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventHubTest {
    private final AtomicLong nanos = new AtomicLong();
    private final EventHub hub = new EventHub(nanos::get);

    @Test
    void no_event_is_wanted_while_nobody_listens() {
        assertThat(hub.isWanted()).isFalse();

        listen();

        assertThat(hub.isWanted()).isTrue();
    }

    @Test
    void events_are_kept_for_a_listener_that_comes_back_soon() throws Exception {
        var cursor = listen();
        hub.publish(event(5, 0));
        hub.leave(cursor);
        hub.publish(event(6, 0));

        var again = listen();

        assertThat(again.resumeAfter(new EventId(0, 5, 0))).isTrue();
        assertThat(ids(again.next(Duration.ZERO))).containsExactly(new EventId(0, 6, 0));
    }

    @Test
    void events_are_forgotten_when_nobody_came_back_in_time() {
        var cursor = listen();
        hub.publish(event(5, 0));
        hub.leave(cursor);

        nanos.addAndGet(EventHub.LINGER.toNanos());
        hub.publish(event(6, 0));

        assertThat(hub.isWanted()).isFalse();
        assertThat(listen().resumeAfter(new EventId(0, 5, 0))).isFalse();
    }

    @Test
    void a_reader_that_resumes_from_behind_the_ring_is_told_to_start_over() throws Exception {
        listen();
        for (int index = 1; index <= EventHub.RING_SIZE + 1; index++) {
            hub.publish(event(index, 0));
        }
        var cursor = listen();

        assertThat(cursor.resumeAfter(new EventId(0, 1, 0))).isFalse();
        assertThat(cursor.resumeAfter(new EventId(0, EventHub.RING_SIZE, 0))).isTrue();
        assertThat(ids(cursor.next(Duration.ZERO))).containsExactly(new EventId(0, EventHub.RING_SIZE + 1, 0));
    }

    @Test
    void a_reader_that_resumes_from_another_lineage_is_told_to_start_over() {
        listen();
        hub.publish(event(5, 0));
        hub.publish(event(6, 0));

        assertThat(listen().resumeAfter(new EventId(1, 5, 0))).isFalse();
    }

    @Test
    void a_listener_that_is_overtaken_starts_over_and_the_others_miss_nothing() throws Exception {
        var slow = listen();
        var quick = listen();
        int read = 0;
        for (int index = 1; index <= EventHub.RING_SIZE + 5; index++) {
            hub.publish(event(index, 0));
            read += ids(quick.next(Duration.ZERO)).size();
        }

        assertThat(read).isEqualTo(EventHub.RING_SIZE + 5);
        assertThat(slow.next(Duration.ZERO)).isInstanceOf(Next.Lost.class);
        assertThat(slow.next(Duration.ZERO)).isInstanceOf(Next.Quiet.class);
        hub.publish(event(EventHub.RING_SIZE + 6, 0));
        assertThat(ids(slow.next(Duration.ZERO))).hasSize(1);
    }

    @Test
    void who_listens_is_told_to_start_over_when_events_are_skipped() throws Exception {
        var cursor = listen();
        var late = listen();
        hub.publish(event(5, 0));
        ids(cursor.next(Duration.ZERO));

        hub.skip();
        hub.publish(event(9, 0));

        assertThat(cursor.next(Duration.ZERO)).isInstanceOf(Next.Lost.class);
        assertThat(late.next(Duration.ZERO)).isInstanceOf(Next.Lost.class);
        assertThat(listen().resumeAfter(new EventId(0, 5, 0))).isFalse();
        hub.publish(event(10, 0));
        assertThat(ids(cursor.next(Duration.ZERO))).containsExactly(new EventId(0, 10, 0));
    }

    @Test
    void all_listeners_read_the_same_events_encoded_once() throws Exception {
        var one = listen();
        var other = listen();
        hub.publish(event(5, 0));

        var first = ((Next.Events) one.next(Duration.ZERO)).events();
        var second = ((Next.Events) other.next(Duration.ZERO)).events();

        assertThat(first.getFirst()).isSameAs(second.getFirst());
        assertThat(first.getFirst().frame()).isSameAs(second.getFirst().frame());
    }

    @Test
    void a_waiting_listener_is_woken_by_an_event() throws Exception {
        hub.start();
        var cursor = listen();
        var next = CompletableFuture.supplyAsync(() -> waitFor(cursor));

        hub.publish(event(5, 0));

        assertThat(next.get(60, TimeUnit.SECONDS)).isInstanceOf(Next.Events.class);
    }

    @Test
    void a_waiting_listener_is_woken_by_the_end() throws Exception {
        hub.start();
        var cursor = listen();
        var end = CompletableFuture.supplyAsync(() -> waitFor(cursor));

        hub.close();

        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(Next.End.class);
    }

    @Test
    void more_streams_than_the_limits_are_refused() {
        for (int i = 0; i < EventHub.MAX_LISTENERS_PER_KEY; i++) {
            assertThat(hub.listen("greedy")).isPresent();
        }
        assertThat(hub.listen("greedy")).isEmpty();
        for (int i = EventHub.MAX_LISTENERS_PER_KEY; i < EventHub.MAX_LISTENERS; i++) {
            assertThat(hub.listen("key" + i)).isPresent();
        }
        assertThat(hub.listen("late")).isEmpty();
    }

    @Test
    void an_event_id_reads_back_what_it_writes() {
        var id = new EventId(3, 1_234_567, 42);

        assertThat(EventId.parse(id.toString())).isEqualTo(id).hasToString("3-1234567.42");
    }

    private EventCursor listen() {
        return hub.listen("key" + nanos.incrementAndGet()).orElseThrow();
    }

    private static Next waitFor(EventCursor cursor) {
        try {
            return cursor.next(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<EventId> ids(Next next) {
        return next instanceof Next.Events(var events)
                ? events.stream().map(LiveEvent::id).toList()
                : List.of();
    }

    private static LiveEvent event(long index, int ordinal) {
        return LiveEvent.of(new EventId(0, index, ordinal), index, new Change.InValues("key"));
    }
}

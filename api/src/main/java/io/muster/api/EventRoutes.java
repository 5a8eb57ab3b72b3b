package io.muster.api;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `GET /v1/events`: what happens, as it happens, as server-sent events (WHATWG HTML §9.2).
///
/// `Last-Event-ID` resumes; where the ring does not reach back that far, the first event is `reset`, and the reader
/// has to read everything anew. With `?view=changes` a page learns only *what kinds* of things changed, at most four
/// times a second, however busy the cluster is. The stream is written by the request's own virtual thread.
final class EventRoutes {
    /// Proxies and browsers give up on a silent connection; this is well below their patience.
    private static final int HEARTBEAT_SECONDS = 15;

    /// A page that redraws four times a second looks live.
    private static final int CHANGES_EVERY_MILLIS = 250;

    private final EventHub hub;
    private final CountDownLatch closed;

    /// `closed` reaches zero when the server stops.
    EventRoutes(EventHub hub, CountDownLatch closed) {
        this.hub = hub;
        this.closed = closed;
    }

    void stream(Context ctx) throws InterruptedException {
        View view = View.parse(Optional.ofNullable(ctx.queryParam("view")).orElse("all"));
        var lastSeen = lastSeen(ctx);
        var listener = new EventListener();
        if (!hub.listen(listener)) {
            throw Refusal.of(
                            ProblemType.OVERLOADED,
                            "this node already serves its limit of " + EventHub.MAX_LISTENERS + " event streams")
                    .retryAfter(5)
                    .refused();
        }
        try {
            write(ctx, listener, lastSeen, view);
        } catch (IOException e) {
            ctx.attribute("muster.stream-ended", e.toString());
        } finally {
            hub.leave(listener);
        }
    }

    private enum View {
        ALL,
        CHANGES;

        static View parse(String text) {
            return switch (text) {
                case "all" -> ALL;
                case "changes" -> CHANGES;
                default ->
                    throw Refusal.of(
                                    ProblemType.MALFORMED_REQUEST,
                                    "view '" + text + "' is not known: use all or changes")
                            .refused();
            };
        }
    }

    private static @Nullable EventId lastSeen(Context ctx) {
        String header = ctx.header("Last-Event-ID");
        if (header == null || header.isEmpty()) {
            return null;
        }
        try {
            return EventId.parse(header);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "Last-Event-ID: " + e.getMessage())
                    .refused();
        }
    }

    private void write(Context ctx, EventListener listener, @Nullable EventId lastSeen, View view)
            throws IOException, InterruptedException {
        ctx.res().setContentType("text/event-stream;charset=utf-8");
        // Tells nginx and its kin not to collect the stream before passing it on.
        ctx.res().setHeader("X-Accel-Buffering", "no");
        ServletOutputStream out = ctx.res().getOutputStream();
        send(out, "retry: 1000\n\n");
        EventId seen = resume(out, lastSeen);
        out.flush();
        while (true) {
            Optional<List<LiveEvent>> next = listener.next(HEARTBEAT_SECONDS);
            if (next.isEmpty()) {
                send(out, ": still here\n\n");
                out.flush();
                continue;
            }
            if (EventListener.isEnd(next.get())) {
                return;
            }
            seen = view == View.ALL ? sendAll(out, next.get(), seen) : sendChange(out, listener, next.get());
            out.flush();
        }
    }

    private EventId resume(ServletOutputStream out, @Nullable EventId lastSeen) throws IOException {
        var nothing = new EventId(0, 0, 0);
        if (lastSeen == null) {
            return nothing;
        }
        return switch (hub.resume(lastSeen)) {
            case EventHub.Resumption.Lost() -> {
                send(out, "event: reset\ndata: {}\n\n");
                yield nothing;
            }
            case EventHub.Resumption.Missed(List<LiveEvent> events) -> sendAll(out, events, lastSeen);
        };
    }

    private static EventId sendAll(ServletOutputStream out, List<LiveEvent> events, EventId seen) throws IOException {
        EventId last = seen;
        for (LiveEvent event : events) {
            if (event.id().compareTo(last) > 0) {
                send(out, event.frame());
                last = event.id();
            }
        }
        return last;
    }

    private EventId sendChange(ServletOutputStream out, EventListener listener, List<LiveEvent> first)
            throws IOException, InterruptedException {
        var kinds = new TreeSet<String>();
        EventId last = first.getLast().id();
        Optional<List<LiveEvent>> events = Optional.of(first);
        while (events.isPresent() && !EventListener.isEnd(events.get())) {
            events.get().forEach(event -> kinds.add('"' + event.kind() + '"'));
            last = events.get().getLast().id();
            events = listener.next(0);
        }
        events.ifPresent(end -> listener.end());
        send(out, "id: " + last + "\nevent: changed\ndata: {\"kinds\":[" + String.join(",", kinds) + "]}\n\n");
        // The stream's own pace: cut short only by the end of the server.
        if (closed.await(CHANGES_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            listener.end();
        }
        return last;
    }

    private static void send(ServletOutputStream out, String frame) throws IOException {
        out.write(frame.getBytes(StandardCharsets.UTF_8));
    }
}

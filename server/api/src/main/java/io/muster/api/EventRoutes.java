package io.muster.api;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.muster.http.Caller;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `GET /v1/events`: what happens, as it happens, as server-sent events (WHATWG HTML §9.2).
///
/// `Last-Event-ID` resumes; where the ring does not reach back that far, and where a stream is overtaken
/// by it, the event is `reset`, and the reader has to read everything anew. With `?view=changes` a page
/// learns only *what kinds* of things changed, at most four times a second, however busy the cluster is.
/// The stream is written by the request's own virtual thread.
final class EventRoutes {
    /// Proxies and browsers give up on a silent connection; this is well below their patience.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final String RESET = "event: reset\ndata: {}\n\n";

    /// A page that redraws four times a second looks live.
    private static final int CHANGES_EVERY_MILLIS = 250;

    private static final String MEDIA_TYPE = "text/event-stream;charset=utf-8";

    private final EventHub hub;
    private final CountDownLatch closed;

    /// `closed` reaches zero when the server stops.
    EventRoutes(EventHub hub, CountDownLatch closed) {
        this.hub = hub;
        this.closed = closed;
    }

    void stream(Context ctx) throws InterruptedException {
        if (ctx.method().equals(HandlerType.HEAD)) {
            ctx.contentType(MEDIA_TYPE);
            return;
        }
        View view = View.parse(Optional.ofNullable(ctx.queryParam("view")).orElse("all"));
        var lastSeen = lastSeen(ctx);
        EventCursor cursor = hub.listen(Caller.key(ctx)).orElseThrow(EventRoutes::tooMany);
        try {
            write(ctx, cursor, lastSeen, view);
        } catch (IOException e) {
            ctx.attribute("muster.stream-ended", e.toString());
        } finally {
            hub.leave(cursor);
        }
    }

    private static RequestRefused tooMany() {
        return Refusal.of(
                        ProblemType.OVERLOADED,
                        "a node serves " + EventHub.MAX_LISTENERS + " event streams at once, "
                                + EventHub.MAX_LISTENERS_PER_KEY + " of them for one key")
                .retryAfter(5)
                .refused();
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

    private void write(Context ctx, EventCursor cursor, @Nullable EventId lastSeen, View view)
            throws IOException, InterruptedException {
        ctx.res().setContentType(MEDIA_TYPE);
        // Tells nginx and its kin not to collect the stream before passing it on.
        ctx.res().setHeader("X-Accel-Buffering", "no");
        ServletOutputStream out = ctx.res().getOutputStream();
        send(out, "retry: 1000\n\n");
        if (lastSeen != null && !cursor.resumeAfter(lastSeen)) {
            send(out, RESET);
        }
        out.flush();
        boolean isOver = false;
        while (!isOver) {
            switch (cursor.next(HEARTBEAT)) {
                case EventCursor.Next.Events(List<LiveEvent> events) -> {
                    if (view == View.ALL) {
                        sendAll(out, events);
                    } else {
                        isOver = sendChange(out, cursor, events);
                    }
                }
                case EventCursor.Next.Lost() -> send(out, RESET);
                case EventCursor.Next.Quiet() -> send(out, ": still here\n\n");
                case EventCursor.Next.End() -> isOver = true;
            }
            out.flush();
        }
    }

    private static void sendAll(ServletOutputStream out, List<LiveEvent> events) throws IOException {
        for (LiveEvent event : events) {
            out.write(event.frame());
        }
    }

    /// Says which kinds of things changed in all that there is by now; answers whether the server stops.
    private boolean sendChange(ServletOutputStream out, EventCursor cursor, List<LiveEvent> first)
            throws IOException, InterruptedException {
        var kinds = new TreeSet<String>();
        EventId last = first.getLast().id();
        EventCursor.Next next = new EventCursor.Next.Events(first);
        while (next instanceof EventCursor.Next.Events(List<LiveEvent> events)) {
            events.forEach(event -> kinds.add('"' + event.kind() + '"'));
            last = events.getLast().id();
            next = cursor.next(Duration.ZERO);
        }
        send(out, "id: " + last + "\nevent: changed\ndata: {\"kinds\":[" + String.join(",", kinds) + "]}\n\n");
        if (next instanceof EventCursor.Next.Lost) {
            send(out, RESET);
        }
        out.flush();
        // The stream's own pace: cut short only by the end of the server.
        return closed.await(CHANGES_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void send(ServletOutputStream out, String frame) throws IOException {
        out.write(frame.getBytes(StandardCharsets.UTF_8));
    }
}

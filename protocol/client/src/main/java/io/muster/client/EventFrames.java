package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.Problem;
import io.muster.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/// Puts the lines of a `text/event-stream` together to events (WHATWG HTML §9.2.6). One over all streams of a reader,
/// so that it knows where to go on.
final class EventFrames {
    private final EventReader.Listener listener;
    private final StringBuilder data = new StringBuilder();
    private String lastSeen;
    private @Nullable String id;
    private String event = "";
    private boolean tookAny;

    EventFrames(String lastSeen, EventReader.Listener listener) {
        this.lastSeen = lastSeen;
        this.listener = listener;
    }

    String lastSeen() {
        return lastSeen;
    }

    /// Whether anything was taken since the last time this was asked.
    boolean tookAny() {
        boolean took = tookAny;
        tookAny = false;
        return took;
    }

    EventReader.Continuation take(String line) {
        tookAny = true;
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> append(value);
            default -> {} // a comment, or a field of a newer standard
        }
        return EventReader.Continuation.MORE;
    }

    private void append(String value) {
        if (data.length() + value.length() > WireLimits.MAX_REQUEST_BYTES) {
            throw new BrokenException(
                    "GET /v1/events",
                    Problem.of("about:blank", "Unreadable answer", 200, "an event larger than any can be"));
        }
        data.append(data.isEmpty() ? "" : "\n").append(value);
    }

    /// An event counts as seen only when the listener has had it.
    private EventReader.Continuation dispatch() {
        EventReader.Continuation continuation = EventReader.Continuation.MORE;
        if ("reset".equals(event)) {
            listener.missed();
        } else if (!data.isEmpty()) {
            continuation = listener.happened(view());
        }
        lastSeen = id == null ? lastSeen : id;
        id = null;
        event = "";
        data.setLength(0);
        return continuation;
    }

    private EventDocument view() {
        try {
            return Json.read(Bytes.utf8(data.toString()), EventDocument.class);
        } catch (MalformedJsonException e) {
            throw new BrokenException(
                    "GET /v1/events",
                    Problem.of(
                            "about:blank",
                            "Unreadable answer",
                            200,
                            "event '" + event + "' is unreadable at '" + e.pointer() + "': " + e.getMessage()));
        }
    }
}

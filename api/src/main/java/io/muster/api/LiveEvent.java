package io.muster.api;

/// Something that happened, as `/v1/events` tells it.
///
/// @param id `<lineage>-<index>.<n>`: the entry it follows from and its place among that entry's events
/// @param type what happened, such as `job`; becomes the event's name
/// @param data the rest of it, one line of JSON
record LiveEvent(EventId id, String type, String data) {
    /// The event as the stream carries it (WHATWG HTML §9.2).
    String frame() {
        return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }
}

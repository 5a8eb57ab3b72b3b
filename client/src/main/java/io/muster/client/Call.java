package io.muster.client;

import io.muster.encoding.Bytes;
import java.util.UUID;

/// One request, whichever server it goes to.
///
/// @param body empty for none
/// @param idempotencyKey empty for none
record Call(String method, String path, Bytes body, Repeat repeat, String idempotencyKey) {
    /// When a call whose outcome is unknown may be made again.
    enum Repeat {
        /// At once: doing it twice is doing it once.
        ALWAYS,
        /// Never by itself: the caller has to look first.
        IF_NOT_DONE
    }

    static Call get(String path) {
        return new Call("GET", path, Bytes.EMPTY, Repeat.ALWAYS, "");
    }

    /// A write under a key of its own, by which the cluster knows a repetition.
    static Call keyed(String path, Bytes body) {
        return new Call("POST", path, body, Repeat.ALWAYS, UUID.randomUUID().toString());
    }

    /// A write under the caller's key.
    static Call keyed(String path, Bytes body, String idempotencyKey) {
        return new Call("POST", path, body, Repeat.ALWAYS, idempotencyKey);
    }

    /// A write that does no more when it is made twice.
    static Call repeatable(String path, Bytes body) {
        return new Call("POST", path, body, Repeat.ALWAYS, "");
    }

    /// A write that nobody could tell from a repetition of it.
    static Call once(String method, String path, Bytes body) {
        return new Call(method, path, body, Repeat.IF_NOT_DONE, "");
    }

    /// Whether it changes nothing.
    boolean isRead() {
        return method.equals("GET");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

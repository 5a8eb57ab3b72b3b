package io.muster.client;

import io.muster.encoding.Bytes;

/// One request, whichever server it goes to. It may be made again while its outcome is unknown: a read changes nothing,
/// and the cluster knows a write again by its key.
///
/// @param body empty for none
/// @param idempotencyKey empty for a read
record Call(String method, String path, Bytes body, String idempotencyKey) {

    static Call get(String path) {
        return new Call("GET", path, Bytes.EMPTY, "");
    }

    static Call write(String method, String path, Bytes body, String idempotencyKey) {
        return new Call(method, path, body, idempotencyKey);
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

package io.muster.access;

/// A key in a listing.
///
/// @param key what is kept of it; its hash is of no use to a reader
/// @param createdMicros log time at which it was added
/// @param status whether it can be used
public record KeyView(KeyRecord key, long createdMicros, Status status) {
    /// Whether a key can be used.
    public enum Status {
        USABLE,
        REVOKED
    }

    boolean isUsable() {
        return status == Status.USABLE;
    }

    KeyView revoked() {
        return new KeyView(key, createdMicros, Status.REVOKED);
    }
}

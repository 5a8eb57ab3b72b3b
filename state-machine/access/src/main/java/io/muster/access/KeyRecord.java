package io.muster.access;

import io.muster.encoding.Bytes;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the cluster keeps of an API key.
///
/// @param id names the key
/// @param principal who acts when it is used
/// @param role what it may do
/// @param worker the one worker name it may work under; `""` for any, and for keys that do not work
/// @param hash SHA-256 of the secret
/// @param note what a person said it is for
public record KeyRecord(String id, String principal, Role role, String worker, Bytes hash, String note) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

    public KeyRecord {
        checkId(id);
        AccessLimits.checkName("principal", principal);
        if (worker.length() > AccessLimits.MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a worker's name of " + worker.length() + " characters is too long");
        }
        if (role == Role.WORKER && worker.isEmpty()) {
            throw new IllegalArgumentException("a worker's key must be bound to the worker's name");
        }
        if (hash.size() != AccessLimits.HASH_BYTES) {
            throw new IllegalArgumentException(
                    "a key's hash has " + AccessLimits.HASH_BYTES + " bytes, not " + hash.size());
        }
        AccessLimits.checkNote("note", note);
    }

    /// The key for people who read the log: without its hash.
    String summary() {
        return id + " for " + principal + ", " + role.name().toLowerCase(Locale.ROOT);
    }

    static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no key id: expected 12 hexadecimal digits");
        }
    }
}

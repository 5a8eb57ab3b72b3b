package io.muster.access;

import io.muster.encoding.Bytes;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys as they stood at one moment: what a request is checked against without asking the ledger's thread.
///
/// @param keys by id
public record Keyring(Map<String, KeyView> keys) {
    /// Nobody has a key yet.
    public static final Keyring EMPTY = new Keyring(Map.of());

    public Keyring {
        keys = Map.copyOf(keys);
    }

    /// Whom the key of that id stands for, given the hash of the secret that came with it. The comparison takes as
    /// long for a wrong hash as for a right one.
    public Identity identify(String keyId, Bytes hash) {
        KeyView view = keys.get(keyId);
        return view == null && !hasAdmin() ? new Identity.NoKeysYet() : identify(view, hash);
    }

    private boolean hasAdmin() {
        return keys.values().stream()
                .anyMatch(view -> view.isUsable() && view.key().role() == Role.ADMIN);
    }

    private static Identity identify(@Nullable KeyView view, Bytes hash) {
        if (view == null || !MessageDigest.isEqual(view.key().hash().array(), hash.array())) {
            return new Identity.Unknown();
        }
        KeyRecord key = view.key();
        return view.isUsable()
                ? new Identity.Known(key.id(), key.principal(), key.role(), key.worker())
                : new Identity.Revoked(key.id());
    }
}

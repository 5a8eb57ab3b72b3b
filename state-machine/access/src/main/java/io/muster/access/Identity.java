package io.muster.access;

/// Whom a key stands for.
public sealed interface Identity {
    /// The key is good.
    ///
    /// @param keyId which key
    /// @param principal who acts
    /// @param role what they may do
    /// @param worker the one worker name they may work under, `""` for any
    record Known(String keyId, String principal, Role role, String worker) implements Identity {
        /// Whether they may do this at all.
        public boolean may(Permission permission) {
            return role.allows(permission);
        }

        /// Whether they may work under that name.
        public boolean mayWorkAs(String name) {
            return may(Permission.WORK) && (worker.isEmpty() || worker.equals(name));
        }
    }

    /// Nobody administers this cluster yet as far as this node has read its log: it cannot tell an unknown key from one
    /// that it has yet to read about.
    record NoKeysYet() implements Identity {}

    /// There is no such key, or its secret is another: callers are told no more than that.
    record Unknown() implements Identity {}

    /// The key was good once.
    record Revoked(String keyId) implements Identity {}
}

package io.muster.log;

/// Who asks for a command, and how a repetition of it is known.
///
/// @param principal who asks, as the access ledger names them; `""` for the cluster itself
/// @param trace a W3C `traceparent` value, or `""`
/// @param idempotencyKey makes a repeated command answer as the first did, or `""`
public record Asker(String principal, String trace, String idempotencyKey) {
    /// The cluster itself.
    public static final Asker CLUSTER = new Asker("", "", "");

    /// Somebody who asks without a trace or a key.
    public static Asker named(String principal) {
        return new Asker(principal, "", "");
    }
}

package io.muster.client;

/// A key that was just made; the only time its secret is shown.
///
/// @param secret what to send as `Authorization: Bearer …`
public record NewKey(KeyDocument key, String secret) {
    /// The key without its secret, so that it can be logged.
    @Override
    public String toString() {
        return "NewKey[" + key + "]";
    }
}

package io.muster.api;

/// Who may use a route.
enum Access {
    /// Everybody, without a key: it tells nothing of the work.
    OPEN,
    /// Whoever holds any valid key: nodes ask each other with their worker's key.
    ANY_KEY,
    READ,
    OPERATE,
    EXCHANGE,
    ADMINISTER;
}

package io.muster.exchange;

/// What a server says to one [ExchangeRequest].
public sealed interface ExchangeAnswer permits ExchangeReply, ExchangeRefusal, ExchangeEnd {
    /// The number of the request that is answered. One request may be answered more than once: the server adds
    /// an answer when there is news for the worker before its next request.
    long sequence();
}

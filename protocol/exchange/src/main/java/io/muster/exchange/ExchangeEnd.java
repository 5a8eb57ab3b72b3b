package io.muster.exchange;

/// This incarnation is over, for another process works under the worker's name: stop every run and exit.
///
/// @param why which of them goes and why, to be shown to people
public record ExchangeEnd(long sequence, String why) implements ExchangeAnswer {}

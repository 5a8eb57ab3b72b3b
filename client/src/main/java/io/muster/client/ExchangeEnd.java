package io.muster.client;

/// This incarnation is over, for another has joined under the worker's name: stop every run and exit.
public record ExchangeEnd(long sequence, String why) implements ExchangeAnswer {}

package io.muster.worker;

/// Where a worker stands, for metrics and for people.
///
/// @param isConnected whether a channel is open and in use
/// @param address the server that the channel leads to; empty without one
/// @param offered slots that it offers
/// @param occupied slots in use, by dropped runs too
/// @param held runs in hand and results owed
/// @param term the highest term seen in an answer
/// @param sequence exchanges sent so far
public record WorkerStatus(
        boolean isConnected, String address, int offered, int occupied, int held, long term, long sequence) {}

package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.RunOutcome;
import io.muster.wire.WireLimits;

/// What happens to a worker.
public sealed interface WorkerInput {
    /// Time has passed: the instant that [WorkerLoop#nextWakeNanos] named has come.
    record Woken() implements WorkerInput {}

    /// The channel that [WorkerEffect.OpenChannel] asked for can carry an exchange.
    record ChannelOpened(long channel) implements WorkerInput {}

    /// A channel could not be opened, or is open no more.
    record ChannelClosed(long channel, String why) implements WorkerInput {}

    /// An answer came that cannot be read; the channel is of no use any more.
    record AnswerUnread(long channel, String why) implements WorkerInput {}

    /// A server does not let this worker's key do what a worker does; the channel is of no use any more.
    record ChannelDenied(long channel, String why) implements WorkerInput {}

    /// A server answered.
    record AnswerArrived(long channel, ExchangeAnswer answer) implements WorkerInput {}

    /// A run that [WorkerEffect.StartRun] asked for is over, of itself or because it was stopped. It comes exactly once
    /// for each run.
    record RunEnded(AttemptId id, RunOutcome outcome) implements WorkerInput {}

    /// A run saved something for a later attempt; only the newest counts.
    record CheckpointMade(AttemptId id, Bytes checkpoint) implements WorkerInput {}

    /// The worker is to hold more or fewer runs from now on, because of strain or relief.
    record SlotsChanged(int slots) implements WorkerInput {
        public SlotsChanged {
            if (slots < 0 || slots > WireLimits.MAX_SLOTS) {
                throw new IllegalArgumentException(
                        "a worker cannot have " + slots + " slots: choose 0 to " + WireLimits.MAX_SLOTS);
            }
        }
    }

    /// Finish what is in hand, take nothing new, then exit.
    record DrainAsked() implements WorkerInput {}

    /// Exit now. What is in hand is lost to this worker and will be run by another.
    record StopAsked() implements WorkerInput {}
}

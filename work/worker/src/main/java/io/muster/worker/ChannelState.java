package io.muster.worker;

/// The one channel of a worker.
sealed interface ChannelState {
    /// There is none; the next is opened at that instant.
    record Idle(long openAtNanos) implements ChannelState {}

    /// One was asked for.
    record Opening(long channel, String address, long giveUpAtNanos) implements ChannelState {}

    /// One is open.
    ///
    /// @param traffic what is under way on it
    record Open(long channel, String address, Traffic traffic) implements ChannelState {}

    /// What is under way on an open channel.
    enum Traffic {
        /// No exchange was sent on it yet.
        FRESH,
        /// An exchange was sent and is not answered.
        WAITING,
        /// Every exchange is answered.
        QUIET
    }
}

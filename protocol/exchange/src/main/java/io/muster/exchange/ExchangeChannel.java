package io.muster.exchange;

/// A way to one server over which a worker exchanges. Used by one thread. `ExchangeChannelContract`, among the tests,
/// holds what each such way promises.
public interface ExchangeChannel {
    /// Sends an exchange; the answer, or the loss of the channel, comes to the listener. Sends nothing once the channel
    /// is closed or lost.
    void send(ExchangeRequest request);

    /// Lets go of the channel. The listener may still hear of it; closing twice is harmless.
    void close();

    /// Hears what happens to a channel, on any thread but never on the one that opened it or sends.
    interface Listener {
        /// The way to the server is there.
        void opened();

        /// The server has said something; news comes unasked.
        void answered(ExchangeAnswer answer);

        /// The channel is of no use any more, or never was. Comes at most once.
        void closed(String why);

        /// An answer came that cannot be read: it is too large, or none. The channel is of no use any more.
        /// Comes instead of [#closed].
        void unread(String why);

        /// The server does not let this key do what it was used for: it is wrong, revoked, or of another role or name.
        /// Comes instead of [#closed].
        void denied(String why);
    }
}

package io.muster.http;

import io.muster.encoding.Bytes;
import java.util.Optional;

/// What became of a question to another node.
public sealed interface PeerAnswer {
    /// It answered with 200.
    record Given(Bytes body) implements PeerAnswer {}

    /// It did not.
    ///
    /// @param reason the same as a sentence
    record Silent(Silence why, String reason) implements PeerAnswer {}

    /// Why there is no answer.
    enum Silence {
        /// Nobody knows where its API listens.
        NO_ADDRESS,
        /// No process listens there.
        REFUSED,
        /// Nothing has come in time.
        TIMED_OUT,
        /// The network has no way to it, or lost the connection.
        UNREACHABLE,
        /// It answers, and not what was asked.
        NOT_ANSWERED
    }

    /// What it said, where it said anything.
    default Optional<Bytes> said() {
        return switch (this) {
            case Given(Bytes body) -> Optional.of(body);
            case Silent _ -> Optional.empty();
        };
    }
}

package io.muster.client;

import io.muster.wire.Problem;

/// Hears how a client's calls go, for somebody who waits for them. Called on the calling thread; it must not wait.
public interface CallWatch {
    /// Tells nobody.
    CallWatch NOBODY = new CallWatch() {
        @Override
        public void begins(String call) {}

        @Override
        public void waits(Problem lastSaid) {}

        @Override
        public void ends() {}
    };

    /// A call such as `GET /v1/cluster` begins.
    void begins(String call);

    /// A try came to nothing and another follows.
    ///
    /// @param lastSaid the last that a server said, or why none could be asked
    void waits(Problem lastSaid);

    /// The call was answered or given up.
    void ends();
}

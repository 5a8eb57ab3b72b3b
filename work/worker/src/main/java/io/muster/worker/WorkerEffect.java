package io.muster.worker;

import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.ExchangeRequest;

/// What a worker wants done. An effect is carried out once, in the order in which the loop returned it.
public sealed interface WorkerEffect {
    /// Open a channel to the server at `address` and report it as number `channel`, opened or closed.
    record OpenChannel(long channel, String address) implements WorkerEffect {}

    /// Close a channel and forget it; nothing needs to be reported about it any more.
    record CloseChannel(long channel) implements WorkerEffect {}

    /// Send an exchange.
    record SendExchange(long channel, ExchangeRequest request) implements WorkerEffect {}

    /// Run a job; its end must be reported by [WorkerInput.RunEnded].
    record StartRun(ClaimedRun claim) implements WorkerEffect {}

    /// Make a run end soon; its end must still be reported.
    record StopRun(AttemptId id, StopReason reason) implements WorkerEffect {}

    /// The worker is over: nothing that is put into its loop has an effect any more.
    ///
    /// @param why what the leader said, for people; `""` where the reason says it all
    record Exit(ExitReason reason, String why) implements WorkerEffect {
        public Exit(ExitReason reason) {
            this(reason, "");
        }
    }
}

package io.muster.worker;

import io.muster.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// All that one run sees of the cluster.
public interface JobContext {
    /// The job's id.
    String job();

    /// Which run of the job this is, from 1.
    int attempt();

    /// The fencing token of this run: whatever the run writes to should refuse a lower one than it has
    /// seen.
    /// `docs/handlers.md` says how.
    String fence();

    /// Who runs it.
    String worker();

    /// What was submitted, any JSON value.
    Bytes payload();

    /// What an earlier attempt saved for this one, any JSON value; empty for nothing.
    Bytes lastCheckpoint();

    /// When the run must have ended by the cluster's clock.
    Optional<Instant> deadline();

    /// Whether the run was asked to stop. Its thread is interrupted too; this is for those who swallow
    /// interrupts.
    boolean isCancelled();

    /// Saves how far the run has come. It reaches the log with the worker's next exchange, at the
    /// latest a second later; of several, only the newest does.
    ///
    /// @param json any JSON value, at most 64 KiB
    void checkpoint(Bytes json);

    /// Adds to what the run prints, for people to read. It is kept beside the result: all of it up to 64 MiB, and the
    /// end of it in any case.
    void print(String text);

    /// Waits.
    ///
    /// @throws InterruptedException at once when the run is asked to stop
    void pause(Duration duration) throws InterruptedException;
}

package io.muster.log;

import java.util.Optional;
import java.util.function.Consumer;

/// Leadership with a fencing number, and one ordered, durable log of commands.
///
/// All methods may be called from any thread and return at once.
public interface Engine extends AutoCloseable {
    /// What this engine promises.
    Guarantees guarantees();

    /// Starts electing and delivering. Called once.
    void start();

    /// Who leads, as far as this node knows.
    Leadership leadership();

    /// Puts a command on its way into the log; the proposal is told its [Outcome] exactly once, also when the engine
    /// is closed.
    void propose(Proposal proposal);

    /// Asks for an index such that, once it is applied here, a read sees everything acknowledged before this call.
    void readBarrier(Consumer<Barrier> answer);

    /// Which history of the log this is. It changes only when a log was cut behind acknowledged commands.
    long lineage();

    /// What can be seen of the engine from outside.
    EngineStatus status();

    /// Why this node takes no part yet, though nothing is wrong with it, as a sentence for people; none once it does.
    default Optional<String> hindrance() {
        return Optional.empty();
    }

    /// Stops; every proposal still on its way is told [Outcome.Unknown] or [Outcome.NotLeader]. Safe to call twice.
    @Override
    void close();

    /// The answer to a read barrier.
    sealed interface Barrier {
        /// Once `index` is applied here, a read is linearizable.
        record At(long index) implements Barrier {}

        /// No majority could be asked in time; nothing was written.
        record Unavailable(String reason) implements Barrier {}
    }
}

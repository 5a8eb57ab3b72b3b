package io.muster.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Leadership with a fencing number, and one ordered, durable log of commands.
///
/// All methods may be called from any thread and return at once.
public interface Engine extends AutoCloseable {
    /// How many attributes a node may tell of itself: they are a handful of names and hashes, kept for every peer.
    int MAX_ATTRIBUTES = 16;

    /// How long the name or the value of an attribute may be, in bytes of UTF-8.
    int MAX_ATTRIBUTE_BYTES = 512;

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

    /// Asks that `to` leads from now on, if this node leads; answered exactly once, also when the
    /// engine is closed.
    ///
    /// Nothing that was acknowledged is lost, nobody who proposed is told [Outcome.Unknown] because of
    /// it, and what is proposed meanwhile waits for an election timeout at the most. There is a
    /// deadline: a leader that was not replaced by then goes on leading.
    void transfer(Successor to, Consumer<TransferAnswer> answer);

    /// Asks that who takes part is changed, if this node leads; answered exactly once, also when the
    /// engine is closed.
    ///
    /// One change is carried out at a time. It is in force as soon as it stands in the leader's log,
    /// and done once it is committed; whoever leads next finishes what a leader has begun, or it never
    /// was. A member that is removed learns so, and takes no part from then on. An engine whose members
    /// are not its own to change refuses.
    void changeMembers(MemberChange change, Consumer<MemberAnswer> answer);

    /// Which history of the log this is. It changes only when a log was cut behind acknowledged commands.
    long lineage();

    /// What can be seen of the engine from outside.
    EngineStatus status();

    /// What this engine knows of why somebody leads, or nobody.
    EngineReport report();

    /// What a node shows of this engine among its metrics, always the same ones.
    List<EngineGauge> gauges();

    /// How large this node's copy of the log is, in bytes; 0 where it keeps none.
    long logBytes();

    /// Tells the other nodes these attributes of this one from now on, in place of those it has told before. They see
    /// them as [EngineStatus.PeerStatus#attributes], also when they start later.
    ///
    /// By this the key of a node's own worker gets into the ledger: the node announces its hash, and the leader
    /// grants it. So an engine shows the attributes of nodes only, never what anybody else may send it.
    ///
    /// At most [#MAX_ATTRIBUTES], each name and value of at most [#MAX_ATTRIBUTE_BYTES].
    void announce(Map<String, String> attributes);

    /// Why this node takes no part yet, though nothing is wrong with it, as a sentence for people; none once it does.
    default Optional<String> notReadyReason() {
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

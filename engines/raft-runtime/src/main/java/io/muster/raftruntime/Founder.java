package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.log.Standing;
import io.muster.raft.Configuration;
import io.muster.raft.Founding;
import io.muster.raft.FoundingStatus;
import io.muster.raft.Message;
import io.muster.raft.RaftStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings this node to agree with the other founders of a new cluster, on the engine's thread, until there is a log:
/// [Founding] decides, this stores, tells and waits. What others send meanwhile is not for a node without a log.
final class Founder implements TcpTransport.Greetings, Transport.Listener {
    /// A greeting ends the wait sooner.
    private static final int WAIT_MILLIS = 100;

    /// Nodes are started by hand, one after the other: a line says whom it waits for, and then one a minute.
    private static final long BETWEEN_LINES_NANOS = 60_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(Founder.class);

    private final DataFolder folder;
    private final RaftEngineSettings settings;
    private final TcpTransport transport;
    private final Clocks clocks;
    private final Founding founding;
    private final NodeId self;
    private @Nullable String refusal;
    private long saidAtNanos;
    private volatile String waiting;
    private volatile EngineStatus status;
    private volatile EngineReport report;

    Founder(DataFolder folder, RaftEngineSettings settings, TcpTransport transport, Clocks clocks) {
        this.folder = folder;
        this.settings = settings;
        this.transport = transport;
        this.clocks = clocks;
        self = settings.identity().node();
        founding = new Founding(self, new TreeSet<>(settings.voters().voters()), folder.foundingStatus());
        waiting = waitingFor(settings.peers().keySet());
        status = StatusView.of(self, unelected(), transport, 0);
        report = look();
        transport.listen(this);
        transport.listenToGreetings(this);
    }

    /// The founding configuration once all founders are bound to it, or nothing where the engine is closed before;
    /// throws [EngineException] where this node must not take part.
    Optional<Configuration> run(BooleanSupplier isClosing) {
        while (!isClosing.getAsBoolean()) {
            if (refusal != null) {
                throw new EngineException(refusal);
            }
            switch (founding.next()) {
                case Founding.Step.Bind(FoundingStatus bound) -> {
                    folder.advance(bound);
                    transport.introduceAs(ownIdentity(settings, bound));
                }
                case Founding.Step.Found(Configuration configuration) -> {
                    return Optional.of(configuration);
                }
                case Founding.Step.Lost(NodeId witness, FoundingStatus seen) -> throw lost(witness, seen);
                case Founding.Step.Wait(var missing) -> waitFor(waitingFor(missing));
                case Founding.Step.Stuck(NodeId replaced) ->
                    waitFor("the folder of " + replaced
                            + " was exchanged while the cluster was being founded: give it the "
                            + "old one back or, as long as no node has a log, empty all data folders and begin again");
            }
        }
        return Optional.empty();
    }

    /// Why this node takes no part yet. From any thread.
    String waiting() {
        return waiting;
    }

    /// What can be seen of it meanwhile. From any thread.
    EngineStatus status() {
        return status;
    }

    /// Why nobody leads yet. From any thread.
    EngineReport report() {
        return report;
    }

    /// This node as it shows itself before it has a log.
    static LocalIdentity ownIdentity(RaftEngineSettings settings, FoundingStatus foundingStatus) {
        var sender = new Frame.Sender(
                settings.identity().group(), settings.identity().cluster(), 0);
        return new LocalIdentity(
                sender, new Introduction(settings.hello(), foundingStatus, List.of()), settings.secret());
    }

    @Override
    public void introduced(NodeId peer, FoundingStatus foundingStatus) {
        founding.heard(peer, foundingStatus);
    }

    @Override
    public void met(NodeId peer, Incarnation incarnation) {
        // Met again once there is a log to remember it in: this node introduces itself anew then.
    }

    @Override
    public void left(NodeId peer) {
        // While there is no log there are founders, and nobody else.
    }

    @Override
    public void refusedForGood(NodeId peer, HandshakeRefusal why) {
        refusal = peer + " refuses this node: " + why.reason();
    }

    @Override
    public void received(NodeId from, Message message) {
        // A node without a log neither votes nor acknowledges.
    }

    @Override
    public void connected(NodeId peer) {
        // Its greeting said all that matters here.
    }

    @Override
    public void vanished(NodeId peer) {
        // It is waited for.
    }

    private void waitFor(String reason) {
        long now = clocks.nanos();
        if (!reason.equals(waiting) || saidAtNanos == 0 || now - saidAtNanos >= BETWEEN_LINES_NANOS) {
            log.info("founding node={} state=\"{}\"", self, reason);
            waiting = reason;
            saidAtNanos = now;
        }
        transport.poll(WAIT_MILLIS);
        status = StatusView.of(self, unelected(), transport, 0);
        report = look();
    }

    private static String waitingFor(Collection<NodeId> missing) {
        return missing.stream()
                .map(NodeId::value)
                .collect(Collectors.joining(", ", "waiting for ", " to found the cluster"));
    }

    private EngineException lost(NodeId witness, FoundingStatus seen) {
        return new EngineException(witness
                + (seen.isFounded() ? " belongs to a cluster that was founded" : " is bound to found the cluster")
                + " with voter " + seen.founders().get(self) + " as " + self + ", and the folder " + settings.folder()
                + " is voter "
                + founding.own().identity() + "'s: the folder of " + self
                + " was lost, emptied or exchanged, and with it what "
                + "it voted and acknowledged. This node takes no part. "
                + (seen.isFounded()
                        ? Peer.NEW_MEMBER
                        : "As long as no node has a log, empty all data folders and begin again"));
    }

    private EngineReport look() {
        return new EngineReport(
                clocks.nanos(),
                Standing.FOUNDING,
                0,
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                EngineReport.Disk.UNUSED,
                StatusView.links(self, unelected(), transport));
    }

    private RaftStatus unelected() {
        return new RaftStatus(
                RaftStatus.MemberRole.FOLLOWER,
                Standing.FOUNDING,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                settings.voters(),
                new TreeMap<>());
    }
}

package io.muster.raftruntime;

import io.muster.log.Applier;
import io.muster.log.Engine.Barrier;
import io.muster.log.EngineException;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.Leadership;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.SnapshotMeta;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.Input;
import io.muster.raft.LogStart;
import io.muster.raft.Message;
import io.muster.raft.Raft;
import io.muster.raft.Trust;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop around the consensus core, without a thread: its owner calls [#runOnce] again and again. In
/// production that is the engine's thread, in a simulation the simulator.
///
/// ```
///   any thread ── propose ────────────────────▶ proposals ─┐
///   any thread ── readBarrier, transfer ──────▶ arrivals ──┤
///   store ─────── persisted, read, failed ────▶ arrivals ──┼─▶ runOnce: step the core, carry out its effects,
///   transport ─── received, connected, vanished ─▶ news ───┘   deliver
/// ```
///
/// A write changes threads three times: to the loop, to the store's, back to the loop. While a write of this
/// leader is being synced, proposals gather; the sync's end makes them the next batch.
///
/// Timers count ticks *seen*: everything that had arrived when a tick fell due is taken in before it, and after a pause
/// one tick is given, not many. So a node that was stopped for a second does not conclude that its leader was silent.
public final class RaftLoop implements LogStore.Listener, Transport.Listener {
    private static final int RETRY_MILLIS = 50;
    private static final Logger log = LoggerFactory.getLogger(RaftLoop.class);

    private final RaftSettings settings;
    private final Ports ports;
    private final Raft raft;
    private final LocalProposals proposals = new LocalProposals();

    private final Arrivals arrivals;

    /// What the network brought, on this thread: no more than one poll finds.
    private final ArrayDeque<Input> news = new ArrayDeque<>();

    private final Delivery delivery;
    private final PublishedView published;
    private final StampClock stamps;
    private final Ticks ticks;
    private final SyncMeter syncs = new SyncMeter();
    private final PendingQuestions questions = new PendingQuestions();
    private final Delivery.BatchSource source;
    private final LocalSnapshots snapshots;
    private final MembershipFollower members;

    private ArrayDeque<LoopEvent> taken = new ArrayDeque<>();
    private Trust trust = Trust.NONE;
    private boolean isStopped;

    /// What a loop stands between.
    ///
    /// @param store where the log is; the loop restores from it and starts it
    /// @param snapshots where snapshots are; likewise
    /// @param transport the way to the other nodes
    /// @param clocks this node's clocks
    /// @param applier where committed batches go
    /// @param doorbell rung, from any thread, when something has arrived for the loop
    public record Ports(
            LogStore store,
            SnapshotStore snapshots,
            Transport transport,
            Clocks clocks,
            Applier applier,
            Runnable doorbell) {}

    /// Restores the node from its store; throws [EngineException] where that cannot be believed.
    public RaftLoop(RaftSettings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
        arrivals = new Arrivals(ports.doorbell());
        snapshots = new LocalSnapshots(ports, settings.snapshotLogBytes(), arrivals::answer);
        Optional<LocalSnapshots.Opened> newest = snapshots.newest();
        var restored = ports.store()
                .restore(
                        settings.config().memory().windowBytes(),
                        ports.snapshots().kept());
        raft = new Raft(settings.config(), settings.self(), settings.seed(), restored);
        delivery = new Delivery(ports.applier(), proposals.inflight());
        newest.ifPresent(found -> delivery.install(found.meta(), found.reader()));
        stamps = new StampClock(settings, ports.transport(), ports.clocks());
        ticks = new Ticks(settings);
        members = new MembershipFollower(raft, ports.transport());
        source = new CoreAndStore(raft, ports.store());
        published = new PublishedView(settings, ports.transport(), ports.clocks(), raft.status());
        ports.store().start(this);
        snapshots.start();
    }

    /// Who takes part, as the log says.
    public Configuration configuration() {
        return raft.configuration();
    }

    /// Who leads, as far as this node knows. From any thread.
    public Leadership leadership() {
        return published.leadership();
    }

    /// What can be seen from outside, at most a tick old. From any thread.
    public EngineStatus status() {
        return published.status();
    }

    /// Why somebody leads, or nobody, at most a tick old. From any thread.
    public EngineReport report() {
        return published.report();
    }

    /// Puts a command on its way; see [io.muster.log.Engine#propose]. From any thread.
    public void propose(Proposal proposal) {
        if (ports.store().roomBytes() < settings.minLogRoomBytes()) {
            proposal.completed(new Outcome.Overloaded(RETRY_MILLIS));
            return;
        }
        switch (proposals.add(proposal)) {
            case TAKEN -> ports.doorbell().run();
            case FULL -> proposal.completed(new Outcome.Overloaded(RETRY_MILLIS));
            case CLOSED -> proposal.completed(new Outcome.NotLeader(new Outcome.Hint.Nobody()));
        }
    }

    /// Asks for an index to read at; see [io.muster.log.Engine#readBarrier]. From any thread.
    public void readBarrier(Consumer<Barrier> answer) {
        arrivals.ask(new LoopEvent.BarrierWanted(answer));
    }

    /// Asks that another leads; see [io.muster.log.Engine#transfer]. From any thread.
    public void transfer(Successor to, Consumer<TransferAnswer> answer) {
        arrivals.ask(new LoopEvent.TransferWanted(to, answer));
    }

    /// Asks for other members; see [io.muster.log.Engine#changeMembers]. From any thread.
    public void changeMembers(MemberChange change, Consumer<MemberAnswer> answer) {
        arrivals.ask(new LoopEvent.ChangeWanted(change, answer));
    }

    @Override
    public void persisted(long ticket) {
        arrivals.answer(new LoopEvent.ForCore(new Input.Persisted(ticket)));
    }

    @Override
    public void read(LogStore.ReadTicket ticket, List<Batch> batches) {
        arrivals.answer(
                switch (ticket) {
                    case LogStore.ReadTicket.CatchUp(long number) ->
                        new LoopEvent.ForCore(new Input.BatchesRead(number, batches));
                    case LogStore.ReadTicket.Replay() -> new LoopEvent.Replayed(batches);
                });
    }

    @Override
    public void failed(EngineException reason) {
        arrivals.answer(new LoopEvent.Broken(reason));
    }

    @Override
    public void received(NodeId from, Message message) {
        hear(new Input.Received(from, message));
    }

    @Override
    public void connected(NodeId peer) {
        hear(new Input.PeerRestarted(peer));
    }

    @Override
    public void vanished(NodeId peer) {
        hear(new Input.LeaderVanished(peer));
    }

    private void hear(Input input) {
        if (!isStopped) {
            news.add(input);
        }
    }

    /// Takes in everything that has arrived, ticks if a tick is due, and delivers what is committed. Owner's thread.
    /// Answers whether it found anything to do.
    public boolean runOnce() {
        if (isStopped) {
            return false;
        }
        long now = ports.clocks().nanos();
        boolean isBusy = takeArrivals();
        if (!isStopped) {
            isBusy |= takeProposals();
            tickIfDue(now);
            members.look();
            delivery.advance(source);
            snapshots.takeIfDue(delivery.deliveredBytes());
        }
        ports.transport().flush();
        return isBusy;
    }

    /// Whether [#runOnce] would find something to do before the next tick. Owner's thread.
    public boolean hasArrivals() {
        boolean canPropose = !proposals.isEmpty() && !(published.leadership().isMine() && mustWait());
        return canPropose || !arrivals.isEmpty() || !news.isEmpty() || delivery.canAdvance();
    }

    /// The monotonic instant at which the next tick falls due. Owner's thread.
    public long tickDueNanos() {
        return ticks.dueNanos();
    }

    /// Whether the loop has ended for good.
    public boolean isStopped() {
        return isStopped;
    }

    /// Ends the loop because it cannot go on, and tells the applier. Owner's thread.
    public void fail(String reason) {
        if (!isStopped) {
            log.error("engine stopped node={} reason=\"{}\"", settings.self(), reason);
            stop(reason);
            ports.applier().engineStopped(reason);
        }
    }

    /// Who takes part, and whether this node still does. Owner's thread.
    MembershipFollower members() {
        return members;
    }

    /// Stops leading, if this node does, and says so: the others need not wait for its lease or its silence. To
    /// be called before an orderly [#stop]. Owner's thread.
    public void leave() {
        if (!isStopped) {
            step(new Input.Leaving());
            ports.transport().flush();
        }
    }

    /// Ends the loop: everything still on its way is told so, once. Owner's thread; safe to call twice.
    public void stop(String reason) {
        isStopped = true;
        arrivals.close();
        published.end();
        proposals.end(published.notLeading(), reason);
        questions.letGo(taken);
        questions.letGo(arrivals.take());
        snapshots.letGo();
        questions.end(reason);
    }

    private boolean takeArrivals() {
        taken = arrivals.take();
        judgeLease();
        boolean isBusy = !taken.isEmpty() || !news.isEmpty();
        while (!taken.isEmpty()) {
            switch (taken.removeFirst()) {
                case LoopEvent.ForCore(Input input) -> step(input);
                case LoopEvent.Replayed(List<Batch> batches) -> delivery.replay(batches, source);
                case LoopEvent.Question question -> step(questions.ask(question));
                case LoopEvent.OfSnapshot event ->
                    snapshots.happened(event, raft).forEach(this::step);
                case LoopEvent.Broken(EngineException reason) -> {
                    leave();
                    fail(String.valueOf(reason.getMessage()));
                    return true;
                }
            }
        }
        while (!news.isEmpty()) {
            step(news.removeFirst());
        }
        return isBusy;
    }

    /// After everything that waits has arrived and before any of it is answered.
    private void judgeLease() {
        boolean isAsked = settings.readers() == RaftSettings.ReadProof.LEASE && !stamps.isAlarmed();
        Trust now = isAsked ? published.trust() : Trust.NONE;
        if (now != trust) {
            trust = now;
            step(new Input.LeaseJudged(now));
        }
    }

    private boolean takeProposals() {
        if (proposals.isEmpty()) {
            return false;
        }
        Leadership seen = published.leadership();
        if (!seen.isMine()) {
            proposals.refuseWaiting(published.notLeading());
            return true;
        }
        if (mustWait()) {
            return false;
        }
        int count = proposals.take(seen.term(), published.notLeading());
        if (count > 0) {
            var time = stamps.next(raft.configuration());
            step(new Input.Proposed(count, time, proposals.body()));
        }
        return true;
    }

    private void tickIfDue(long now) {
        if (!ticks.isDue(now, published.leadership().isMine())) {
            return;
        }
        stamps.judged(raft.configuration()).ifPresent(clock -> step(new Input.ClockJudged(clock)));
        step(new Input.Tick(ports.applier().appliedIndex()));
        refresh();
    }

    private void refresh() {
        var disk = syncs.disk(ports.clocks().nanos(), ports.store().roomBytes());
        published.refresh(raft.status(), stamps.wallAheadMillis(), disk);
    }

    private void step(Input input) {
        if (input instanceof Input.Persisted(long ticket)) {
            syncs.done(ticket, ports.clocks().nanos());
        }
        for (Effect effect : raft.step(input)) {
            carryOut(effect);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Persist persist -> {
                syncs.asked(persist.ticket(), ports.clocks().nanos());
                ports.store().persist(persist);
            }
            case Effect.Send(NodeId to, Message message) -> ports.transport().send(to, message);
            case Effect.ReadBatches(long ticket, long from, int maxBytes) ->
                ports.store().read(new LogStore.ReadTicket.CatchUp(ticket), from, maxBytes);
            case Effect.Appended(Batch batch) -> proposals.appended(batch);
            case Effect.Refused(Effect.Refused.Reason reason) ->
                proposals.refused(published.refusal(reason, RETRY_MILLIS));
            case Effect.Committed(long index) -> delivery.committed(index);
            case Effect.LeadershipChanged changed -> leadershipChanged(changed);
            case Effect.RoundSent(long round) -> published.sent(round);
            case Effect.RoundConfirmed(long round) -> published.confirmed(round);
            case Effect.LeaseGivenUp _ -> published.leaseGivenUp();
            case Effect.ConfigurationChanged changed -> published.changed(changed);
            case Effect.Removed(long index) -> members.removed("entry " + index + " ended its part in the cluster");
            case Effect.Answer answer -> questions.answer(answer);
            case Effect.CutPrefix(LogStart base) -> ports.store().cutPrefix(base);
            case Effect.OfSnapshot wanted -> snapshots.carryOut(wanted);
            case Effect.InstallState(SnapshotMeta meta) -> snapshots.install(meta, proposals, delivery);
        }
    }

    private void leadershipChanged(Effect.LeadershipChanged changed) {
        if (published.leadership().isMine()) {
            stamps.stop();
            proposals.abandonAfter(delivery.commitIndex(), "leadership was lost before it was committed");
        }
        if (changed.isMine()) {
            stamps.lead(raft.lastTime());
        }
        published.changed(changed);
        refresh();
        ports.applier().leadershipChanged(published.leadership());
    }

    /// Whether a leader's proposals gather: while the disk is busy, and while another is to take over,
    /// who then gets them or, if that fails, this node.
    private boolean mustWait() {
        return syncs.isSyncing() || raft.isHandingOver();
    }
}

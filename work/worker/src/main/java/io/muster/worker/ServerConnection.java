package io.muster.worker;

import io.muster.encoding.InvariantViolation;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.LeaderHint;
import java.util.function.Consumer;

/// The worker's one channel to a server: which server, whether it can carry an exchange, when it is given up, and
/// since when servers have refused the worker's key.
///
/// Owned by the thread of its [WorkerLoop]. Instants are those of the loop.
final class ServerConnection {
    private static final long NOT_DENIED = -1;

    private final ServerSelector servers;
    private final WorkerTimes times;
    private final Consumer<WorkerEffect> effects;

    private ChannelState state;
    private long channels;
    private long sequence;
    private long sentAtNanos;
    private long deniedSinceNanos = NOT_DENIED;

    /// @param effects takes what this connection wants done
    ServerConnection(WorkerConfig config, long nowNanos, Consumer<WorkerEffect> effects) {
        this.servers = new ServerSelector(config.addresses(), config.incarnation());
        this.times = config.times();
        this.effects = effects;
        this.state = new ChannelState.Idle(nowNanos);
    }

    /// Whether this is the open channel.
    boolean isOpen(long channel) {
        return state instanceof ChannelState.Open open && open.channel() == channel;
    }

    /// Whether an exchange can be sent now.
    boolean isReady() {
        return state instanceof ChannelState.Open open && open.traffic() != ChannelState.Traffic.WAITING;
    }

    /// Whether a channel is open on which no exchange was sent yet.
    boolean isFresh() {
        return state instanceof ChannelState.Open open && open.traffic() == ChannelState.Traffic.FRESH;
    }

    /// Whether a channel is open on which every exchange is answered.
    boolean isQuiet() {
        return state instanceof ChannelState.Open open && open.traffic() == ChannelState.Traffic.QUIET;
    }

    /// Whether a channel is open and in use.
    boolean isInUse() {
        return state instanceof ChannelState.Open && !isFresh();
    }

    /// Whether no channel is open.
    boolean isAlone() {
        return !(state instanceof ChannelState.Open);
    }

    /// The server that the open channel leads to; empty without one.
    String address() {
        return state instanceof ChannelState.Open open ? open.address() : "";
    }

    /// The number of the last exchange.
    long sequence() {
        return sequence;
    }

    /// When the last exchange was sent.
    long sentAtNanos() {
        return sentAtNanos;
    }

    /// When there is something to do on this connection if nothing happens before.
    ///
    /// @param exchangeDueAtNanos when the next exchange is due on a channel that can carry one
    long nextWakeNanos(long exchangeDueAtNanos) {
        return switch (state) {
            case ChannelState.Idle idle -> idle.openAtNanos();
            case ChannelState.Opening opening -> opening.giveUpAtNanos();
            case ChannelState.Open open ->
                open.traffic() == ChannelState.Traffic.WAITING ? giveUpAtNanos() : exchangeDueAtNanos;
        };
    }

    /// Gives up what has been silent for too long, and opens the next channel when it is time.
    void keep(long nowNanos) {
        switch (state) {
            case ChannelState.Opening opening
            when nowNanos >= opening.giveUpAtNanos() -> giveUp(opening.channel(), opening.address(), nowNanos);
            case ChannelState.Open open
            when open.traffic() == ChannelState.Traffic.WAITING && nowNanos >= giveUpAtNanos() -> giveUp(nowNanos);
            case ChannelState.Idle _, ChannelState.Opening _, ChannelState.Open _ -> {}
        }
        if (state instanceof ChannelState.Idle idle && nowNanos >= idle.openAtNanos()) {
            open(servers.choose(), nowNanos);
        }
    }

    void opened(long channel) {
        if (state instanceof ChannelState.Opening opening && opening.channel() == channel) {
            state = new ChannelState.Open(channel, opening.address(), ChannelState.Traffic.FRESH);
        }
    }

    void closed(long channel, long nowNanos) {
        switch (state) {
            case ChannelState.Opening opening when opening.channel() == channel -> lost(opening.address(), nowNanos);
            case ChannelState.Open open when open.channel() == channel -> lost(open.address(), nowNanos);
            case ChannelState.Idle _, ChannelState.Opening _, ChannelState.Open _ -> {}
        }
    }

    /// A server that has just started, or lags behind, may not know a good key yet. So one denial is a closed channel
    /// like any other, and the key counts as refused only when nothing else was heard for a while.
    ///
    /// @return whether that while is over
    boolean denied(long channel, long nowNanos) {
        if (channel != channels || state instanceof ChannelState.Idle) {
            return false;
        }
        closed(channel, nowNanos);
        if (deniedSinceNanos == NOT_DENIED) {
            deniedSinceNanos = nowNanos;
            return false;
        }
        return nowNanos - deniedSinceNanos >= times.denial().toNanos();
    }

    /// Notes that an exchange is sent; returns the channel to send it on. Only where [#isReady] says so.
    long sent(long nowNanos) {
        sequence++;
        sentAtNanos = nowNanos;
        return proceed(ChannelState.Traffic.WAITING).channel();
    }

    /// Whether this answers the last exchange, on the channel on which that was sent.
    boolean takes(long channel, ExchangeAnswer answer) {
        boolean isAwaited = isOpen(channel) && isInUse() && answer.sequence() == sequence;
        if (isAwaited) {
            deniedSinceNanos = NOT_DENIED;
        }
        return isAwaited;
    }

    /// The server is the leader and has answered.
    void served() {
        servers.served(proceed(ChannelState.Traffic.QUIET).address());
    }

    /// The server asks for patience: the channel stays.
    void putOff() {
        proceed(ChannelState.Traffic.QUIET);
    }

    /// The server does not lead: the next try goes to whom it named, or to another.
    void turnedAway(ExchangeRefusal refusal, long nowNanos) {
        close();
        if (refusal.leader() != null) {
            servers.named(refusal.leader(), nowNanos);
        }
        state = new ChannelState.Idle(nowNanos + servers.pauseNanos(refusal.retryAfterMillis()));
        servers.failed();
    }

    /// Goes over to `leader`, if it is another server and can be reached as far as is known.
    void moveTo(LeaderHint leader, long nowNanos) {
        if (servers.isBetter(leader, address(), nowNanos)) {
            close();
            open(leader.apiAddress(), nowNanos);
        }
    }

    /// Gives up the open channel: what comes over it is of no use.
    void giveUp(long nowNanos) {
        if (state instanceof ChannelState.Open open) {
            giveUp(open.channel(), open.address(), nowNanos);
        }
    }

    /// Closes what there is, for good or before another is opened.
    void close() {
        switch (state) {
            case ChannelState.Idle _ -> {}
            case ChannelState.Opening opening -> effects.accept(new WorkerEffect.CloseChannel(opening.channel()));
            case ChannelState.Open open -> effects.accept(new WorkerEffect.CloseChannel(open.channel()));
        }
    }

    private void giveUp(long channel, String address, long nowNanos) {
        effects.accept(new WorkerEffect.CloseChannel(channel));
        lost(address, nowNanos);
    }

    private void lost(String address, long nowNanos) {
        servers.unreachable(address, nowNanos);
        state = new ChannelState.Idle(nowNanos + servers.pauseNanos());
        servers.failed();
    }

    private void open(String address, long nowNanos) {
        channels++;
        state = new ChannelState.Opening(channels, address, nowNanos + answerNanos());
        effects.accept(new WorkerEffect.OpenChannel(channels, address));
    }

    private ChannelState.Open proceed(ChannelState.Traffic traffic) {
        if (!(state instanceof ChannelState.Open open)) {
            throw new InvariantViolation("no channel is open, and traffic on it was said to be " + traffic);
        }
        var next = new ChannelState.Open(open.channel(), open.address(), traffic);
        state = next;
        return next;
    }

    private long giveUpAtNanos() {
        return sentAtNanos + answerNanos();
    }

    private long answerNanos() {
        return times.answer().toNanos();
    }
}

package io.muster.dispatch;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.encoding.Utf8;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import io.muster.http.Admission;
import io.muster.http.Deadlines;
import io.muster.http.NodePort;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestBody;
import io.muster.http.RequestRefused;
import io.muster.log.NodeId;
import io.muster.wire.WireLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker's WebSocket: each message is an exchange, and the leader may send news without being
/// asked.
///
/// Messages come one at a time, on the server's thread, in parts that count as the worker's key's
/// memory as they come. Answers are encoded and sent by a virtual thread of the channel's own, in the
/// order in which they were given, so that the state's thread is never kept by a slow socket. The
/// protocol bounds their number: one for each request, and news only for a worker that has been
/// answered. A worker that does not read them, or asks without end, loses the channel. It is public
/// because the server calls it by reflection.
public final class WorkChannel implements Session.Listener.AutoDemanding {
    /// A close reason of a WebSocket has at most 123 bytes (RFC 6455 §5.5.1).
    private static final int MAX_REASON_BYTES = 123;

    /// Answers of this node that wait to be read. A worker that reads is told once of each run it is
    /// given, and once of each that is taken from it, before it sends again: with more waiting it reads
    /// nothing. They are the ledger's own records, not copies.
    static final int MAX_ANSWERS = 2 * WireLimits.MAX_SLOTS + 16;

    /// Answers of the leader that wait to be read: fewer, for each is a text of its own, and a worker asks again only
    /// when it was answered.
    static final int MAX_RELAYED = 4;

    /// How a channel is ended that may be opened again later (RFC 6455 §7.4.1, registered with IANA).
    private static final int TRY_AGAIN_LATER = 1013;

    /// What a character of a message that arrives takes in memory.
    private static final int BYTES_PER_CHARACTER = 2;

    private static final Logger log = LoggerFactory.getLogger(WorkChannel.class);

    /// What a channel needs of its node.
    record Dependencies(NodePort node, WorkPort work, ExchangeReplyMapper replies, ExchangeRelay relay) {}

    /// What a channel may take.
    ///
    /// @param reservation what it holds of the node's memory
    /// @param deadlines who ends it when nothing is heard on it
    record ChannelLimits(Admission.Reservation reservation, Deadlines deadlines) {
        Duration hearing() {
            return deadlines.limits().hearing();
        }
    }

    private sealed interface Outgoing {
        record Answer(long sequence, WorkerAnswer answer) implements Outgoing {}

        record Text(String text) implements Outgoing {}
    }

    /// The process whose exchanges come on a channel.
    private record Sender(NodeId worker, long incarnation) {}

    private final UpgradeFacts upgrade;
    private final Dependencies dependencies;
    private final WorkChannels channels;
    private final ChannelLimits limits;
    private final LinkedBlockingQueue<Outgoing> outbox = new LinkedBlockingQueue<>(MAX_ANSWERS);
    private final Thread writer = Thread.ofVirtual().name("muster-work-channel").unstarted(this::write);

    /// What has arrived of a message; touched by the server's thread only.
    private final StringBuilder message = new StringBuilder();

    private @Nullable Session session;
    private Deadlines.@Nullable Deadline hearing;
    private boolean wasAccepted;
    private volatile @Nullable Sender sender;
    private volatile boolean isOverfull;
    private volatile boolean isEnding;

    WorkChannel(UpgradeFacts upgrade, Dependencies dependencies, WorkChannels channels, ChannelLimits limits) {
        this.upgrade = upgrade;
        this.dependencies = dependencies;
        this.channels = channels;
        this.limits = limits;
    }

    /// The key that opened it.
    String key() {
        return upgrade.caller().identity().keyId();
    }

    /// How many channels its key may have.
    int mostOfItsKey() {
        return upgrade.caller().identity().worker().isEmpty()
                ? WorkChannels.MAX_PER_OPEN_KEY
                : WorkChannels.MAX_PER_WORKER_KEY;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        hearing = limits.deadlines().in(limits.hearing(), () -> {
            log.debug("channel ended, nothing whole was said on it sender={}", sender);
            opened.disconnect();
        });
        writer.start();
        channels.opened(this);
    }

    /// Takes a part of an exchange as it arrives, and the exchange with its last part.
    @Override
    public void onWebSocketPartialText(String part, boolean isLast) {
        if (isEnding) {
            return;
        }
        int most = wasAccepted ? RequestBody.MAX_BYTES : WireLimits.MAX_FIRST_EXCHANGE_BYTES;
        if (message.length() + part.length() > most) {
            close(StatusCode.MESSAGE_TOO_LARGE, "an exchange takes at most " + most + " bytes here");
            return;
        }
        if (!limits.reservation().grow((long) part.length() * BYTES_PER_CHARACTER)) {
            close(TRY_AGAIN_LATER, "this node holds as many bytes of exchanges as it takes at once");
            return;
        }
        message.append(part);
        if (isLast) {
            takeWhole();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        log.debug("channel failed sender={} cause=\"{}\"", sender, cause.toString());
    }

    /// The socket is closed, by either side.
    @Override
    public void onWebSocketClose(int status, @Nullable String reason, Callback noted) {
        isEnding = true;
        writer.interrupt();
        var deadline = hearing;
        if (deadline != null) {
            deadline.close();
        }
        limits.reservation().close();
        channels.closed(this);
        Sender last = sender;
        if (last != null) {
            channels.silent(last.worker(), last.incarnation(), this);
        }
        noted.succeed();
    }

    /// Ends it in favour of a newer one of the same key.
    void giveWay() {
        close(TRY_AGAIN_LATER, "this key has opened newer channels");
    }

    private void takeWhole() {
        String whole = message.toString();
        message.setLength(0);
        message.trimToSize();
        try {
            take(whole);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            limits.reservation().shrink((long) whole.length() * BYTES_PER_CHARACTER);
        }
    }

    /// Takes one exchange.
    private void take(String whole) throws InterruptedException {
        Bytes json = Bytes.utf8(whole);
        try {
            requireKey();
            ExchangeRequest request = ExchangeReading.request(json, upgrade.caller());
            if (dependencies.node().leadership().isMine()) {
                report(request);
            } else {
                post(new Outgoing.Text(dependencies.relay().ask(json, request.sequence(), upgrade)));
            }
            wasAccepted = true;
            var deadline = hearing;
            if (deadline != null) {
                deadline.putOff(limits.hearing());
            }
        } catch (RequestRefused refused) {
            close(status(refused.refusal().type()), refused.refusal().detail());
        }
    }

    /// A key that may not is a matter of policy; everything else is a message that makes no sense (RFC 6455 §7.4.1).
    /// A worker gives up for good on the first only.
    private static int status(ProblemType type) {
        boolean isAboutTheKey = type == ProblemType.KEY_REFUSED || type == ProblemType.NOT_ALLOWED;
        return isAboutTheKey ? StatusCode.POLICY_VIOLATION : StatusCode.BAD_PAYLOAD;
    }

    /// A channel stays open for days; a key that is revoked meanwhile ends it.
    private void requireKey() {
        KeyText key = upgrade.key();
        if (!(dependencies.node().identify(key.id(), key.hash()) instanceof Identity.Known)) {
            throw Refusal.of(ProblemType.KEY_REFUSED, "the key is not known to this node any more")
                    .refused();
        }
    }

    private void report(ExchangeRequest request) {
        WorkerReport report = ExchangeReading.report(request, upgrade.caller());
        NodeId worker = report.inventory().worker();
        Sender last = sender;
        if (last != null && !last.worker().equals(worker)) {
            throw Refusal.of(ProblemType.INVALID, "this channel is " + last.worker() + "'s, not " + worker + "'s")
                    .refused();
        }
        sender = new Sender(worker, report.inventory().incarnation());
        channels.sends(worker, this);
        dependencies.work().exchange(report, answer -> post(new Outgoing.Answer(request.sequence(), answer)));
    }

    /// Puts an answer out for the writer, or ends the channel of a worker that does not read. Called on the state's
    /// thread too: it must not wait.
    private void post(Outgoing outgoing) {
        if (isOverfull) {
            return;
        }
        boolean isFull = switch (outgoing) {
            case Outgoing.Text(String text) ->
                outbox.size() >= MAX_RELAYED || !limits.reservation().grow(text.length());
            case Outgoing.Answer _ -> false;
        };
        if (isFull || !outbox.offer(outgoing)) {
            log.warn("channel ended, its worker does not read its answers sender={} waiting={}", sender, outbox.size());
            isOverfull = true;
            outbox.clear();
            writer.interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                write(outbox.take());
            }
        } catch (InterruptedException e) {
            if (isOverfull) {
                // A close would wait behind what is not being read.
                opened().disconnect();
            }
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The peer is gone; the server will say so by closing the channel.
            log.debug("channel lost sender={} cause=\"{}\"", sender, String.valueOf(e.getCause()));
        }
    }

    private void write(Outgoing outgoing) throws InterruptedException, ExecutionException {
        switch (outgoing) {
            case Outgoing.Text(String text) -> {
                send(text);
                limits.reservation().shrink(text.length());
            }
            case Outgoing.Answer(long sequence, WorkerAnswer answer) -> {
                long weight = ExchangeReplyMapper.weight(answer);
                if (!limits.reservation().grow(weight)) {
                    close(TRY_AGAIN_LATER, "this node holds as many bytes of answers as it takes at once");
                    return;
                }
                send(ExchangeCodec.encode(dependencies.replies().of(answer, sequence))
                        .text());
                limits.reservation().shrink(weight);
            }
        }
    }

    /// An answer that is not read within the time for a whole exchange ends the channel.
    private void send(String text) throws InterruptedException, ExecutionException {
        var to = opened();
        var reading = limits.deadlines().in(limits.hearing(), to::disconnect);
        try {
            Callback.Completable.with(sent -> to.sendText(text, sent)).get();
        } finally {
            reading.close();
        }
    }

    private void close(int status, String reason) {
        isEnding = true;
        opened().close(status, Utf8.cut(reason, MAX_REASON_BYTES), Callback.NOOP);
    }

    private Session opened() {
        return Objects.requireNonNull(session, "a channel sends once it is open");
    }
}

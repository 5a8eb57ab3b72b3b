package io.muster.api;

import io.muster.access.Identity;
import io.muster.access.KeyText;
import io.muster.client.ExchangeAnswer;
import io.muster.client.ExchangeCodec;
import io.muster.client.ExchangeRequest;
import io.muster.client.WireLimits;
import io.muster.cluster.NodeId;
import io.muster.duties.WorkerAnswer;
import io.muster.duties.WorkerReport;
import io.muster.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker's WebSocket: each message is an exchange, and the leader may speak without being asked.
///
/// Messages come one at a time, on the server's thread. Answers are encoded and sent by a virtual thread of the
/// channel's own, in the order in which they were given, so that the state's thread is never kept by a slow socket.
/// The protocol bounds their number: one for each request, and news only for a worker that has been answered. Whoever
/// does not read them, or asks without end, loses the channel.
final class WorkChannel {
    /// A close reason of a WebSocket has at most 123 bytes (RFC 6455 §5.5.1).
    private static final int MAX_REASON_BYTES = 123;

    /// Answers of this node that wait to be read. A worker that reads is told once of each run it is given, and once
    /// of each that is taken from it, before it speaks again: with more waiting it reads nothing. They are the
    /// ledger's own records, not copies.
    static final int MAX_ANSWERS = 2 * WireLimits.MAX_SLOTS + 16;

    /// Answers of the leader that wait to be read: fewer, for each is a text of its own, and a worker asks again only
    /// when it was answered.
    static final int MAX_RELAYED = 16;

    private static final Logger log = LoggerFactory.getLogger(WorkChannel.class);

    /// What a channel needs around it.
    record Surroundings(ClusterPort cluster, Tidings tidings, ExchangeRelay relay, WorkChannels channels) {}

    private sealed interface Outgoing {
        record Answer(long sequence, WorkerAnswer answer) implements Outgoing {}

        record Text(String text) implements Outgoing {}
    }

    /// The process that speaks on a channel.
    private record Speaker(NodeId worker, long incarnation) {}

    private final Session session;
    private final UpgradeFacts upgrade;
    private final Surroundings around;
    private final LinkedBlockingQueue<Outgoing> outbox = new LinkedBlockingQueue<>(MAX_ANSWERS);
    private final Thread writer = Thread.ofVirtual().name("muster-work-channel").unstarted(this::write);
    private volatile @Nullable Speaker speaker;
    private volatile boolean isOverfull;

    WorkChannel(Session session, UpgradeFacts upgrade, Surroundings around) {
        this.session = session;
        this.upgrade = upgrade;
        this.around = around;
        writer.start();
    }

    /// Takes one exchange.
    void take(String message) throws InterruptedException {
        Bytes json = Bytes.utf8(message);
        try {
            requireKey();
            ExchangeRequest request = WorkRoutes.request(json, upgrade.caller());
            if (around.cluster().leadership().isMine()) {
                report(request);
            } else {
                post(new Outgoing.Text(around.relay().ask(json, request.sequence(), upgrade)));
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
        if (!(around.cluster().identify(key.id(), key.hash()) instanceof Identity.Known)) {
            throw Refusal.of(ProblemType.KEY_REFUSED, "the key is not known to this node any more")
                    .refused();
        }
    }

    /// The socket is closed, by whomever.
    void closed() {
        writer.interrupt();
        Speaker last = speaker;
        if (last != null) {
            around.channels().silent(last.worker(), last.incarnation(), this);
        }
    }

    private void report(ExchangeRequest request) {
        WorkerReport report = WorkRoutes.report(request, upgrade.caller());
        NodeId worker = report.holding().worker();
        Speaker last = speaker;
        if (last != null && !last.worker().equals(worker)) {
            throw Refusal.of(ProblemType.INVALID, "this channel is " + last.worker() + "'s, not " + worker + "'s")
                    .refused();
        }
        speaker = new Speaker(worker, report.holding().incarnation());
        around.channels().speaks(worker, this);
        around.cluster().exchange(report, answer -> post(new Outgoing.Answer(request.sequence(), answer)));
    }

    /// Puts an answer out for the writer, or ends the channel of a worker that does not read. Called on the state's
    /// thread too: it must not wait.
    private void post(Outgoing outgoing) {
        if (isOverfull) {
            return;
        }
        boolean isFull = switch (outgoing) {
            case Outgoing.Text _ -> outbox.size() >= MAX_RELAYED;
            case Outgoing.Answer _ -> false;
        };
        if (isFull || !outbox.offer(outgoing)) {
            log.warn(
                    "channel ended, its worker does not read its answers speaker={} waiting={}",
                    speaker,
                    outbox.size());
            isOverfull = true;
            outbox.clear();
            writer.interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                send(text(outbox.take()));
            }
        } catch (InterruptedException e) {
            if (isOverfull) {
                // A close would wait behind what is not being read.
                session.disconnect();
            }
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The peer is gone; the server will say so by closing the channel.
            log.debug("channel lost speaker={} cause={}", speaker, String.valueOf(e.getCause()));
        }
    }

    private String text(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Text(String text) -> text;
            case Outgoing.Answer(long sequence, WorkerAnswer answer) -> {
                ExchangeAnswer encoded = around.tidings().of(answer, sequence);
                yield ExchangeCodec.encode(encoded).text();
            }
        };
    }

    private void send(String text) throws InterruptedException, ExecutionException {
        Callback.Completable.with(sent -> session.sendText(text, sent)).get();
    }

    private void close(int status, String reason) {
        session.close(status, cut(reason), Callback.NOOP);
    }

    /// As much of `reason` as fits, on a whole character.
    private static String cut(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_REASON_BYTES) {
            return reason;
        }
        int end = MAX_REASON_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}

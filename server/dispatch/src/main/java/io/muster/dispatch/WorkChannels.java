package io.muster.dispatch;

import io.javalin.http.Context;
import io.muster.encoding.InvariantViolation;
import io.muster.http.Admission;
import io.muster.http.Deadlines;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.log.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/// The open WebSocket channels of workers at this node.
///
/// A worker whose channel closes is suspended at once, but only if it has not spoken on another one since: a worker
/// that reconnects may be heard on the new channel before the end of the old one is noticed.
public final class WorkChannels {
    /// Channels of a worker's key: the one it uses, and the one it has given up and whose end is not noticed yet.
    static final int MAX_PER_WORKER_KEY = 2;

    /// Channels of a key that may send exchanges of any worker.
    public static final int MAX_PER_OPEN_KEY = 64;

    private final WorkChannel.Dependencies dependencies;
    private final Admission admission;
    private final Deadlines deadlines;
    private final Map<NodeId, WorkChannel> lastChannels = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<WorkChannel>> byKey = new HashMap<>();
    private int count;

    WorkChannels(WorkChannel.Dependencies dependencies, Admission admission, Deadlines deadlines) {
        this.dependencies = dependencies;
        this.admission = admission;
        this.deadlines = deadlines;
    }

    /// Lets an upgrade through that has passed the `Authenticator`, unless there are too many channels.
    void upgrade(Context ctx) {
        requireHandshake(ctx);
        lock.lock();
        try {
            int most = deadlines.limits().channels();
            if (count >= most) {
                throw Admission.full("this node has its limit of " + most + " channels open");
            }
        } finally {
            lock.unlock();
        }
        UpgradeFacts.note(ctx);
    }

    /// The server itself would answer an incomplete handshake (RFC 6455 §4.2.1) as a mistake of ours.
    private static void requireHandshake(Context ctx) {
        String version = ctx.header("Sec-WebSocket-Version");
        if (!"13".equals(version)) {
            ctx.header("Sec-WebSocket-Version", "13");
            throw malformed("this server speaks version 13 of WebSocket");
        }
        if (ctx.header("Sec-WebSocket-Key") == null) {
            throw malformed("the header Sec-WebSocket-Key is missing");
        }
    }

    private static RequestRefused malformed(String detail) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, detail).refused();
    }

    /// The channel for an upgrade that was let through.
    WorkChannel open(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
        if (!(request.getHttpServletRequest().getAttribute(UpgradeFacts.ATTRIBUTE) instanceof UpgradeFacts upgrade)) {
            throw new InvariantViolation("a channel opens only behind its guard");
        }
        var reservation = admission.hold(upgrade.caller().identity().keyId(), Admission.MemoryPool.WORK);
        return new WorkChannel(upgrade, dependencies, this, new WorkChannel.ChannelLimits(reservation, deadlines));
    }

    /// Counts a channel that is open now. Where its key has too many, the oldest gives way: the newest is the one whose
    /// other end is surely there.
    void opened(WorkChannel channel) {
        WorkChannel oldest = enter(channel);
        if (oldest != null) {
            oldest.giveWay();
        }
    }

    /// Notes that the exchanges of `worker` come on `channel` from now on.
    void sends(NodeId worker, WorkChannel channel) {
        lastChannels.put(worker, channel);
    }

    /// Counts a channel no more.
    void closed(WorkChannel channel) {
        lock.lock();
        try {
            var siblings = byKey.get(channel.key());
            if (siblings != null && siblings.remove(channel)) {
                count--;
                if (siblings.isEmpty()) {
                    byKey.remove(channel.key());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Notes that `channel` of that incarnation of `worker` is closed; the leader learns of it if the
    /// last exchange of `worker` came there.
    void silent(NodeId worker, long incarnation, WorkChannel channel) {
        if (lastChannels.remove(worker, channel)) {
            dependencies.work().channelClosed(worker, incarnation);
        }
    }

    private @Nullable WorkChannel enter(WorkChannel channel) {
        lock.lock();
        try {
            var siblings = byKey.computeIfAbsent(channel.key(), _ -> new ArrayDeque<>(2));
            siblings.addLast(channel);
            count++;
            // Several may have been let through while there was room for one.
            boolean isOneTooMany = count > deadlines.limits().channels();
            return isOneTooMany ? channel : siblings.size() > channel.mostOfItsKey() ? siblings.peekFirst() : null;
        } finally {
            lock.unlock();
        }
    }
}

package io.muster.api;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.muster.cluster.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The open WebSocket channels of workers at this node.
///
/// A worker whose channel closes is suspended at once, but only if it has not spoken on another one since: a worker
/// that reconnects may be heard on the new channel before the end of the old one is noticed.
final class WorkChannels {
    private static final String ATTRIBUTE = "muster.channel";

    private final ClusterPort cluster;
    private final Tidings tidings;
    private final ExchangeRelay relay;
    private final Map<NodeId, WorkChannel> speaking = new ConcurrentHashMap<>();

    WorkChannels(ClusterPort cluster, Tidings tidings, ExchangeRelay relay) {
        this.cluster = cluster;
        this.tidings = tidings;
        this.relay = relay;
    }

    /// Binds a route's WebSocket to channels. The upgrade has passed the [Authenticator].
    void bind(WsConfig socket) {
        socket.onConnect(ctx -> ctx.attribute(ATTRIBUTE, open(ctx)));
        socket.onMessage(ctx -> channel(ctx).take(ctx.message()));
        socket.onClose(ctx -> channel(ctx).closed());
    }

    /// Notes that `worker` speaks on `channel` from now on.
    void speaks(NodeId worker, WorkChannel channel) {
        speaking.put(worker, channel);
    }

    /// Notes that `channel` is closed, on which that incarnation of `worker` spoke; the leader learns of it if `worker`
    /// spoke there last.
    void silent(NodeId worker, long incarnation, WorkChannel channel) {
        if (speaking.remove(worker, channel)) {
            cluster.channelClosed(worker, incarnation);
        }
    }

    private WorkChannel open(WsContext ctx) {
        var upgrade = ctx.<UpgradeFacts>attribute(UpgradeFacts.ATTRIBUTE);
        if (upgrade == null) {
            throw new IllegalStateException("a channel opens only behind its guard");
        }
        return new WorkChannel(ctx.session, upgrade, new WorkChannel.Surroundings(cluster, tidings, relay, this));
    }

    private static WorkChannel channel(WsContext ctx) {
        var channel = ctx.<WorkChannel>attribute(ATTRIBUTE);
        if (channel == null) {
            throw new IllegalStateException("a message comes only on an open channel");
        }
        return channel;
    }
}

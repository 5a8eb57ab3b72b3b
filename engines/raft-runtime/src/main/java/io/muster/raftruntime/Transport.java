package io.muster.raftruntime;

import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.Message;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;

/// Carries messages between nodes. It may lose, repeat, delay and reorder them: the consensus core lives with that.
///
/// Calls and callbacks are made by the thread that runs the [RaftLoop].
public interface Transport {
    /// Puts a message on its way and returns at once; where the link is down or full it is dropped.
    void send(NodeId to, Message message);

    /// Hands to the network what was sent since the last call: the answers to everything that a turn of the loop took
    /// in go out together.
    void flush();

    /// Who takes part from now on, and where, as far as `configuration` says: links are made, moved and ended.
    void members(Configuration configuration);

    /// What [#members] said last is committed: nobody else takes part.
    void membersCommitted();

    /// What is known of `peer`, for people; nothing is decided by it.
    PeerView peer(NodeId peer);

    /// Whether messages to `peer` go out, and if not, why; for people.
    PeerLink link(NodeId peer);

    /// What a transport tells.
    interface Listener {
        /// A message arrived whole and undamaged.
        void received(NodeId from, Message message);

        /// A link to `peer` opened: what was on its way on an earlier one may be lost.
        void connected(NodeId peer);

        /// The link to `peer` closed and a new one is refused: probably no process listens there any more.
        void vanished(NodeId peer);
    }

    /// A peer as its link shows it.
    ///
    /// @param isConnected whether messages to it go out
    /// @param apiAddress where its HTTP API listens; `""` until it said so
    /// @param featureLevel the highest feature level it supports; 0 until it said so
    /// @param attributes what else it said of itself
    /// @param clockSkewMillis how far its wall clock is ahead of ours; negative when behind, 0 while unheard
    /// @param wallOffsetMicros how far its wall clock is ahead of our monotonic one; empty until that was
    ///     measured, and while it is not heard
    record PeerView(
            boolean isConnected,
            String apiAddress,
            int featureLevel,
            SortedMap<String, String> attributes,
            long clockSkewMillis,
            OptionalLong wallOffsetMicros) {
        /// Nothing was heard of the peer yet.
        static final PeerView UNKNOWN =
                new PeerView(false, "", 0, Collections.emptySortedMap(), 0, OptionalLong.empty());
    }
}

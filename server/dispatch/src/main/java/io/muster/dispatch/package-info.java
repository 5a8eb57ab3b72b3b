/// Where workers meet the leader: their channels, and their exchanges in the words of the ledger.
///
/// ```
///   POST /v1/work      ─▶ WorkRoutes  ─┐
///   WebSocket /v1/work ─▶ WorkChannel ─┼─▶ ExchangeRequestMapper ─▶ WorkPort (this node leads)
///                             │        │                               │
///                             │        └── ExchangeReplyMapper ◀───────┘
///                             └─ this node does not lead ─▶ ExchangeRelay ─▶ the leader's POST /v1/work
/// ```
///
/// * [io.muster.dispatch.WorkPort] is the coordinator, as seen from here.
/// * [io.muster.dispatch.ExchangeRequestMapper] and [io.muster.dispatch.ExchangeReplyMapper] translate between the wire
///   and the ledger. They know no socket, so the simulator uses the same ones.
/// * [io.muster.dispatch.WorkChannels] bounds how many channels there are.
@NullMarked
package io.muster.dispatch;

import org.jspecify.annotations.NullMarked;

/// The protocol between a worker and its leader, which a worker in any language can speak: docs/exchange.md.
///
/// ```
///   ExchangeRequest ──▶  what a worker says: what it holds, what has ended, how many slots it has
///   ◀── ExchangeAnswer   what the leader says: the delta to the ledger
///   ExchangeCodec        their JSON: a record in the shape of the JSON for each, written and read by Jackson
///   ExchangeChannels     opens a channel, a WebSocket or a POST each time, to one server
/// ```
///
/// It knows nothing of the ledger: the server's side of it, in the words of the ledger, stands with the channels that
/// a node serves.
@NullMarked
package io.muster.exchange;

import org.jspecify.annotations.NullMarked;

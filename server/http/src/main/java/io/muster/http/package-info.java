/// The shell of a node's HTTP API: what every request passes, whatever it asks for.
///
/// ```
///   request ─▶ HttpServer: security headers, SiteCheck, HeadCheck ─▶ the key and its role (Authenticator)
///                 │                                                  ─▶ QueryCheck ─▶ Admission
///                 ├─ answered by any node ─▶ the handler of an Endpoint
///                 └─ answered by the leader ─▶ LeaderGate ─▶ here, or Forwarder ─▶ the leader's HttpServer
///
///   a handler ─▶ Commands: a command into the log        Reads: a question to the state
///   refusals (RequestRefused) and faults ─▶ ProblemResponses ─▶ application/problem+json
/// ```
///
/// * [io.muster.http.Route] is one row of what is answered, [io.muster.http.Guards] its columns; start there.
/// * [io.muster.http.NodePort] is what the node behind the shell has to offer.
/// * [io.muster.http.ProblemType] lists every way in which a request can be refused.
/// * [io.muster.http.TransportLimits] and [io.muster.http.Admission] say how much a peer may keep, and for how long.
///
/// It knows no resource: the modules above it bring their rows and handlers. Handlers run on virtual threads and block
/// where they wait; nothing here holds state of the cluster.
@NullMarked
package io.muster.http;

import org.jspecify.annotations.NullMarked;

/// The HTTP face of a node: routes, forwarding to the leader, events, metrics and the dashboard.
///
/// ```
///   request ─▶ ApiServer: security headers, SiteCheck ─▶ the key and its role (Route.access)
///                 │
///                 ├─ answered by any node ─▶ a route class, one for each kind of resource
///                 └─ answered by the leader ─▶ LeaderGate ─▶ here, or Forwarder ─▶ the leader's ApiServer
///
///   a route class ─▶ ClusterPort: propose a command, read the state, wait for a barrier
///   refusals (RequestRefused) and faults ─▶ Problems ─▶ application/problem+json
/// ```
///
/// * [io.muster.api.Route] is the table of everything that is answered; start there.
/// * [io.muster.api.ClusterPort] is what the node behind this API has to offer.
/// * [io.muster.api.ProblemType] lists every way in which a request can be refused.
/// * [io.muster.api.EventHub] feeds `/v1/events`; the dashboard under `resources/…/dashboard` lives on it.
///
/// Handlers run on virtual threads and block where they wait; nothing here holds state of the cluster.
@NullMarked
package io.muster.api;

import org.jspecify.annotations.NullMarked;

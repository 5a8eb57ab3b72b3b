/// What a node answers over HTTP: the resources of `/v1`, events, metrics, documents and the dashboard, and the one
/// server that joins them with the paths of workers and of the documents.
///
/// ```
///   ApiServer ─▶ ApiEndpoints       a class for each kind of resource
///            ─▶ DispatchEndpoints   workers
///            ─▶ CompatEndpoints     the documents' paths
///            ─▶ HttpServer          the shell around all of them
/// ```
///
/// * [io.muster.api.ApiEndpoints] is this module's part of the table of everything that is answered; start there.
/// * [io.muster.api.ClusterPort] is what the node behind this API has to offer.
/// * [io.muster.api.EventHub] feeds `/v1/events`; the dashboard under `resources/…/dashboard` lives on it.
///
/// Handlers run on virtual threads and block where they wait; nothing here holds state of the cluster.
@NullMarked
package io.muster.api;

import org.jspecify.annotations.NullMarked;

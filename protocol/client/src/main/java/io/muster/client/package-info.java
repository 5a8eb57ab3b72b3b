/// What travels between Muster and those who ask it: the records of `/v1`, and a typed client.
///
/// ```
///   SubmitJob … KeyPage  the records of /v1, one file each, named as the OpenAPI document names them
///   MusterClient         finds the leader, tries again where that is safe, and says "unknown" where it is not
///   EventReader          follows the stream of events, across nodes
/// ```
///
/// How the JSON of both is written, and what its readers pass over, is in [io.muster.wire].
@NullMarked
package io.muster.client;

import org.jspecify.annotations.NullMarked;

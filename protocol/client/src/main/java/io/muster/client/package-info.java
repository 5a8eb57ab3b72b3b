/// What travels between Muster and those who use it: the records of `/v1`, the exchange of a worker, and a typed
/// client.
///
/// ```
///   Json                 records ◀──▶ bytes; a payload stays the bytes it came in
///   SubmitJob … Problem  the records of /v1, one file each, named as the OpenAPI document names them
///   ExchangeRequest ──▶  what a worker says: what it holds, what has ended, how many slots it has
///   ◀── ExchangeAnswer   what the leader says: the difference to the ledger
///   ExchangeCodec        the hand-written codec of those two, because every job passes through it twice
///   MusterClient         finds the leader, tries again where that is safe, and says "unknown" where it is not
/// ```
///
/// Names are in lower camel case, enumerations in lower case, instants in ISO 8601, ids as text. A field that is absent
/// has no value: a [org.jspecify.annotations.Nullable] component here always means "not present in the JSON". Readers
/// ignore fields that they do not know, so that either side may be the newer one.
@NullMarked
package io.muster.client;

import org.jspecify.annotations.NullMarked;

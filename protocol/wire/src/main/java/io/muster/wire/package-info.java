/// What both protocols of Muster have in common: JSON as bytes, problem documents, keys, connections and limits.
///
/// ```
///   Json            records ◀──▶ bytes; a payload stays the bytes it came in
///   Problem         an error as every answer of a node shows it (RFC 9457)
///   ApiKey          who asks; never shown
///   HttpConnections one HTTP client and the threads that wait for it
///   WireLimits      how large, how many and how long
/// ```
///
/// Names are in lower camel case, enumerations in lower case, instants in ISO 8601, ids as text. A field that is absent
/// has no value: a [org.jspecify.annotations.Nullable] component here always means "not present in the JSON". Readers
/// ignore fields that they do not know, so that either side may be the newer one.
@NullMarked
package io.muster.wire;

import org.jspecify.annotations.NullMarked;

/// Who may do what: principals, their keys and roles, and the hash-chained record of what was decided.
///
/// A key's text ([io.muster.access.KeyText]) is seen by its owner and by the edge that checks it; the ledger
/// ([io.muster.access.AccessLedger]) knows only the hash of its secret. [io.muster.access.Role] is the one table of
/// permissions. Every decision is a link of a chain ([io.muster.access.Decision]) that anyone can check with
/// [io.muster.access.DecisionProof].
///
/// This package knows no clock, thread, random source, file or socket: secrets are drawn at the edge.
@NullMarked
package io.muster.access;

import org.jspecify.annotations.NullMarked;

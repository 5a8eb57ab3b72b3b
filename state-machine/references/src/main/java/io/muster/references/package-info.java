/// Which objects the log names, and for what.
///
/// An object is too large for the log: its bytes lie on the nodes' disks, and the log keeps its name
/// ([io.muster.references.ObjectId]). What names it is the output of a job or a set of advisories. A named object is
/// on a majority's disks before it is named; one that nothing names any more is forgotten after a while, and then the
/// nodes may remove it.
///
/// Start at [io.muster.references.ReferenceCommand], then [io.muster.references.ReferenceLedger];
/// [io.muster.references.NamedObjects] counts.
///
/// This package knows no clock, thread, file or socket.
@NullMarked
package io.muster.references;

import org.jspecify.annotations.NullMarked;

/// Every `muster …`: what asks a cluster, what starts nodes and workers, and what needs no cluster at all.
///
/// [Muster] is the main class and lists the commands, one class each. [LocalCluster] starts the processes of
/// `muster up`, [Demonstration] ends some of them on purpose and counts what became of their work.
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;

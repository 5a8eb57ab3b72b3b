/// Runs the consensus core: event loop, SQLite log, TCP transport.
@NullMarked
package io.muster.raft;

import org.jspecify.annotations.NullMarked;

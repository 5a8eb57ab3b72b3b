/// The state machine: envelope to ledger, time first, follow-ups, digest.
@NullMarked
package io.muster.state;

import org.jspecify.annotations.NullMarked;

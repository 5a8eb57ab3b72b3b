/// Raft as a pure step function: inputs in, effects out.
@NullMarked
package io.muster.consensus;

import org.jspecify.annotations.NullMarked;

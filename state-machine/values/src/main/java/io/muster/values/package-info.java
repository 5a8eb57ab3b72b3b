/// Keys with their values.
///
/// SET and DELETE are the Raft seed's commands; any other JSON command takes its place in the log and changes
/// nothing. Start at [io.muster.values.ValueCommand], then [io.muster.values.ValueLedger].
///
/// This package knows no clock, thread, file or socket.
@NullMarked
package io.muster.values;

import org.jspecify.annotations.NullMarked;

/// The paths of the documents that other programs were written for, in the exact shapes of those documents.
///
/// ```
///   /api/status, /api/logs, /api/command    the Raft document: a log of SET, DELETE and other commands
/// ```
///
/// * [io.muster.compat.CompatEndpoints] lists them.
/// * [io.muster.compat.CompatErrors] is the shape in which they refuse.
///
/// What a document promises and its own program did not do holds here: a command is answered only after a majority has
/// it.
@NullMarked
package io.muster.compat;

import org.jspecify.annotations.NullMarked;

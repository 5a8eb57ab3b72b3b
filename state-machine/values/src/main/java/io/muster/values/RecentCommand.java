package io.muster.values;

/// A SET, DELETE or other JSON command of late, as it stands in the log.
///
/// @param term the term in which it was appended
/// @param index its entry
/// @param micros its log time
/// @param command what was asked
public record RecentCommand(long term, long index, long micros, ValueCommand command) {}

package io.muster.state;

import io.muster.access.Act;
import io.muster.encoding.Invariant;
import io.muster.log.LogTime;

/// Where a state goes on that was taken out of its own log: as another history, which may lack what the first one
/// acknowledged.
///
/// Fences, ids of jobs and places of events are places in the log. So the new history begins in a later term and at
/// an index that the first one cannot have reached, or two things would have one name.
///
/// @param number which history it is: no other of this state has the same
/// @param index the last entry that counts as applied; the new log begins behind it
/// @param term the term of that entry
/// @param act what goes on record: who began it, and from what
public record NewLineage(long number, long index, long term, Act act) {
    /// So many entries lie at least between the two histories: hours of the fastest log.
    public static final long LEAST_GAP = 1L << 32;

    /// A log takes fewer entries than this in the long run, one for every so many microseconds.
    private static final long MICROS_OF_ENTRY = 10;

    public NewLineage {
        Invariant.check(number > 1, "the first history of a cluster is number 1");
    }

    /// The history that begins at the instant `micros` since 1970 with what was known at `index`, `term` and `time`.
    /// A clock that lies before that time, or a log that is said to be from the future, gets the least gap.
    public static NewLineage at(long micros, long index, long term, LogTime time, Act act) {
        long passed = Math.max(0, micros - time.micros());
        long gap = Math.max(LEAST_GAP, passed / MICROS_OF_ENTRY);
        return new NewLineage(micros, Math.addExact(index, gap), Math.max(term + 1, micros / 1_000), act);
    }
}

package io.muster.raftruntime;

import java.util.List;

/// One run of a node's process: how often its log had been opened, and a number drawn by chance then.
///
/// Two processes on copies of one folder count alike and draw differently: by the number they are told apart, and each
/// later run of either by the numbers that its folder remembers.
///
/// @param number how often the log has been opened, this time included
/// @param run what was drawn
record Incarnation(long number, long run) {
    /// How many incarnations a folder remembers: a peer that met none of the last sixty-four believes the number alone.
    static final int REMEMBERED = 64;

    /// What is remembered of a name whose holder is no member any more: whoever comes under it continues that.
    static final Incarnation NOBODY = new Incarnation(0, 0);

    /// Whether somebody in incarnation `claimed` whose folder remembers `runs`, the last of them its own, may be this
    /// very process or a later one of the same folder.
    boolean isContinuedBy(long claimed, List<Long> runs) {
        long back = claimed - number;
        if (back < 0) {
            return false;
        }
        return back >= runs.size() || runs.get(runs.size() - 1 - (int) back) == run;
    }
}

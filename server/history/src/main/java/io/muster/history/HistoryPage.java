package io.muster.history;

import io.muster.jobs.FinishedJob;
import java.util.List;

/// Some finished jobs, newest first.
///
/// @param jobs possibly fewer than wanted, when a filter passes few: a page never looks at more than so many jobs
/// @param next where the next page begins
/// @param missing how many blocks in the range of this page are not on this node yet
public record HistoryPage(List<FinishedJob> jobs, HistoryCursor next, int missing) {
    public HistoryPage {
        jobs = List.copyOf(jobs);
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.JobPage;
import io.muster.client.JobState;
import io.muster.client.JobView;
import io.muster.history.HistoryCursor;
import io.muster.history.HistoryFilter;
import io.muster.history.HistoryPage;
import io.muster.history.HistoryStore;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobId;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /v1/jobs`: live jobs and dead letters from the ledger, oldest first, then finished ones, newest first. Dead
/// letters that gave way to newer ones come from the history too.
///
/// A page looks at a bounded number of jobs, so a filter that passes few may bring fewer than asked for, and a cursor.
final class JobListing {
    /// Longer than any cluster has run.
    private static final Duration MAX_AGE = Duration.ofDays(36_500);

    private final Reads reads;
    private final HistoryStore history;

    JobListing(Reads reads, HistoryStore history) {
        this.reads = reads;
        this.history = history;
    }

    /// The page that a request asks for.
    JobPage page(Context ctx) throws InterruptedException {
        var wish = new JobWish(
                JobWish.states(Query.text(ctx, "state"), EnumSet.allOf(JobState.class)),
                Query.text(ctx, "queue"),
                Query.text(ctx, "type"),
                JobWish.labels(ctx.queryParams("label")),
                Query.text(ctx, "audit"),
                Query.duration(ctx, "olderThan", Duration.ZERO, MAX_AGE));
        int limit = Query.limit(ctx);
        JobCursor cursor = cursor(Query.text(ctx, "cursor"));
        var items = new ArrayList<JobView>(limit);
        if (cursor instanceof JobCursor.InLedger(JobId after)) {
            cursor = wish.wantsLedger()
                    ? fromLedger(ctx, wish, after, limit, items)
                    : new JobCursor.InHistory(HistoryCursor.NEWEST);
        }
        if (cursor instanceof JobCursor.InHistory(HistoryCursor place)) {
            HistoryCursor next = wish.wantsHistory() ? fromHistory(ctx, wish, place, limit, items) : null;
            return new JobPage(items, next == null || next.isAtEnd() ? null : new JobCursor.InHistory(next).toString());
        }
        return new JobPage(items, cursor.toString());
    }

    private JobCursor fromLedger(Context ctx, JobWish wish, JobId after, int limit, List<JobView> items)
            throws InterruptedException {
        JobCursor next = reads.read(ctx, state -> {
            var page = state.jobs().page(wish.forLedger(), after, limit);
            var reasons = new WaitingReasons(state.jobs());
            for (var job : page.jobs()) {
                if (wish.states().contains(JobViews.state(job.state().kind()))) {
                    items.add(JobViews.of(job, reasons.of(job)));
                }
            }
            return behind(page.next());
        });
        return next;
    }

    private static JobCursor behind(io.muster.jobs.JobPage.Next next) {
        return switch (next) {
            case io.muster.jobs.JobPage.Next.After(JobId cursor) -> new JobCursor.InLedger(cursor);
            case io.muster.jobs.JobPage.Next.End() -> new JobCursor.InHistory(HistoryCursor.NEWEST);
        };
    }

    private HistoryCursor fromHistory(Context ctx, JobWish wish, HistoryCursor place, int limit, List<JobView> items)
            throws InterruptedException {
        OpenBlock open = reads.read(ctx, OpenBlock::of);
        HistoryFilter filter = wish.forHistory(open.micros);
        HistoryCursor cursor = place;
        var found = new ArrayList<FinishedJob>();
        if (cursor.block() >= open.number) {
            boolean isResumed = cursor.block() == open.number;
            int ordinal = isResumed ? Math.min(cursor.ordinal(), open.jobs.size()) : open.jobs.size();
            while (ordinal > 0 && items.size() + found.size() < limit) {
                ordinal--;
                if (filter.accepts(open.jobs.get(ordinal))) {
                    found.add(open.jobs.get(ordinal));
                }
            }
            cursor = new HistoryCursor(open.number, ordinal);
            if (ordinal > 0) {
                show(found, items);
                return cursor;
            }
        }
        if (items.size() + found.size() >= limit) {
            show(found, items);
            return cursor;
        }
        HistoryPage page = history.list(filter, cursor, limit - items.size() - found.size());
        found.addAll(page.jobs());
        show(found, items);
        if (page.missing() > 0) {
            // Honest about what this node has not fetched from the others yet.
            ctx.header("X-Muster-Missing-Blocks", Integer.toString(page.missing()));
        }
        return page.next();
    }

    /// Shows finished jobs. Of dead ones only those that gave way to newer dead letters: the others stand in the ledger
    /// and were shown before, live again, ended otherwise later, or were purged.
    private void show(List<FinishedJob> found, List<JobView> items) throws InterruptedException {
        boolean isAnyDead = found.stream().anyMatch(job -> job.state() instanceof io.muster.jobs.JobState.Dead);
        List<FinishedJob> shown = isAnyDead
                ? reads.read(state ->
                        found.stream().filter(job -> isLastWord(state, job)).toList())
                : found;
        shown.forEach(job -> items.add(JobViews.of(job)));
    }

    private static boolean isLastWord(ClusterState state, FinishedJob job) {
        return !(job.state() instanceof io.muster.jobs.JobState.Dead)
                || state.jobs().gaveWay(job.id(), job.finishedMicros());
    }

    private record OpenBlock(long number, List<FinishedJob> jobs, long micros) {
        static OpenBlock of(ClusterState state) {
            return new OpenBlock(state.jobs().openBlockNumber(), state.jobs().openBlock(), state.micros());
        }
    }

    private static JobCursor cursor(@Nullable String text) {
        try {
            return JobCursor.parse(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "cursor: " + e.getMessage())
                    .refused();
        }
    }
}

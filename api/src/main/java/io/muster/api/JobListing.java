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
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.state.ClusterState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `GET /v1/jobs`: live jobs and dead letters from the ledger, oldest first, then finished ones, newest first.
///
/// A page looks at a bounded number of jobs, so a filter that passes few may bring fewer than asked for, and a cursor.
final class JobListing {
    /// What the ledger still holds; the rest stands in the history. Dead letters stand in both, and are listed where
    /// they can be retried.
    private static final Set<JobState> IN_LEDGER =
            EnumSet.of(JobState.SCHEDULED, JobState.QUEUED, JobState.CLAIMED, JobState.DEAD);

    private final Reads reads;
    private final HistoryStore history;

    JobListing(Reads reads, HistoryStore history) {
        this.reads = reads;
        this.history = history;
    }

    /// The page that a request asks for.
    JobPage page(Context ctx) throws InterruptedException {
        var wish = new Wish(states(Query.text(ctx, "state")), Query.text(ctx, "queue"), Query.text(ctx, "type"));
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

    /// What a listing is to show.
    private record Wish(Set<JobState> states, String queue, String type) {
        boolean wantsLedger() {
            return states.stream().anyMatch(IN_LEDGER::contains);
        }

        boolean wantsHistory() {
            return !IN_LEDGER.containsAll(states);
        }

        JobFilter forLedger() {
            var wanted = states.stream().filter(IN_LEDGER::contains).toList();
            var scope = wanted.size() == 1
                    ? JobFilter.Scope.valueOf(wanted.getFirst().name())
                    : JobFilter.Scope.ALL;
            return new JobFilter(scope, queue, type);
        }

        HistoryFilter forHistory() {
            var outcomes = states.stream()
                    .filter(state -> !IN_LEDGER.contains(state))
                    .map(state -> io.muster.jobs.JobState.Kind.valueOf(state.name()))
                    .collect(Collectors.toSet());
            return new HistoryFilter(outcomes, queue, type);
        }
    }

    private JobCursor fromLedger(Context ctx, Wish wish, JobId after, int limit, List<JobView> items)
            throws InterruptedException {
        JobCursor next = reads.read(ctx, state -> {
            var page = state.jobs().page(wish.forLedger(), after, limit);
            var reasons = new WaitingReasons(state.jobs());
            for (var job : page.jobs()) {
                if (wish.states.contains(JobViews.state(job.state().kind()))) {
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

    private HistoryCursor fromHistory(Context ctx, Wish wish, HistoryCursor place, int limit, List<JobView> items)
            throws InterruptedException {
        OpenBlock open = reads.read(ctx, OpenBlock::of);
        HistoryFilter filter = wish.forHistory();
        HistoryCursor cursor = place;
        if (cursor.block() >= open.number) {
            boolean isResumed = cursor.block() == open.number;
            int ordinal = isResumed ? Math.min(cursor.ordinal(), open.jobs.size()) : open.jobs.size();
            while (ordinal > 0 && items.size() < limit) {
                ordinal--;
                if (filter.accepts(open.jobs.get(ordinal))) {
                    items.add(JobViews.of(open.jobs.get(ordinal)));
                }
            }
            cursor = new HistoryCursor(open.number, ordinal);
            if (ordinal > 0) {
                return cursor;
            }
        }
        if (items.size() >= limit) {
            return cursor;
        }
        HistoryPage page = history.list(filter, cursor, limit - items.size());
        page.jobs().forEach(job -> items.add(JobViews.of(job)));
        if (page.missing() > 0) {
            // Honest about what this node has not fetched from the others yet.
            ctx.header("X-Muster-Missing-Blocks", Integer.toString(page.missing()));
        }
        return page.next();
    }

    private record OpenBlock(long number, List<FinishedJob> jobs) {
        static OpenBlock of(ClusterState state) {
            return new OpenBlock(state.jobs().openBlockNumber(), state.jobs().openBlock());
        }
    }

    private static Set<JobState> states(String text) {
        if (text.isEmpty()) {
            return EnumSet.allOf(JobState.class);
        }
        var states = EnumSet.noneOf(JobState.class);
        for (String name : text.split(",", -1)) {
            states.add(state(name));
        }
        return states;
    }

    private static JobState state(String name) {
        for (JobState state : JobState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                return state;
            }
        }
        throw Refusal.of(
                        ProblemType.MALFORMED_REQUEST,
                        "state '" + name
                                + "' is not known: use one or more of scheduled, queued, claimed, succeeded, dead"
                                + " and cancelled, with commas between")
                .refused();
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

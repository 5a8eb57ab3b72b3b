package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.encoding.Bytes;
import io.muster.history.HistoryCursor;
import io.muster.history.HistoryFilter;
import io.muster.history.HistoryPage;
import io.muster.history.HistoryStore;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobId;
import io.muster.jobs.JobSlice;
import io.muster.jobs.JobState;
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

    /// A page that has so many bytes brings no further job, however many were asked for: five hundred of the largest
    /// would take half a node's memory.
    static final long MAX_PAGE_BYTES = 4L << 20;

    /// How often one page looks at the ledger while it finds nothing: ten thousand jobs at most.
    private static final int MAX_LOOKS = 10;

    /// How many finished jobs are read before it is known how large they are.
    private static final int FIRST_READ = 16;

    /// A job's fields beside payload and result.
    private static final int SMALL_BYTES = 512;

    private final Reads reads;
    private final HistoryStore history;

    JobListing(Reads reads, HistoryStore history) {
        this.reads = reads;
        this.history = history;
    }

    /// The page that a request asks for.
    JobPage page(Context ctx) throws InterruptedException {
        var selection = new JobSelection(
                JobSelection.states(Query.text(ctx, "state"), EnumSet.allOf(JobState.Kind.class)),
                Query.text(ctx, "queue"),
                Query.text(ctx, "type"),
                JobSelection.labels(ctx.queryParams("label")),
                Query.text(ctx, "audit"),
                Query.duration(ctx, "olderThan", Duration.ZERO, MAX_AGE));
        int limit = Query.limit(ctx);
        JobCursor cursor = cursor(Query.text(ctx, "cursor"));
        var items = new ArrayList<JobDocument>(limit);
        if (cursor instanceof JobCursor.InLedger(JobId after)) {
            cursor = selection.includesLedger()
                    ? fromLedger(ctx, selection, after, limit, items)
                    : new JobCursor.InHistory(HistoryCursor.NEWEST);
        }
        if (cursor instanceof JobCursor.InHistory(HistoryCursor place)) {
            HistoryCursor next = selection.includesHistory() ? fromHistory(ctx, selection, place, limit, items) : null;
            return new JobPage(items, next == null || next.isAtEnd() ? null : new JobCursor.InHistory(next).toString());
        }
        return new JobPage(items, cursor.toString());
    }

    /// Looks at the ledger in pieces, between which the state's thread goes on with its work.
    private JobCursor fromLedger(Context ctx, JobSelection selection, JobId after, int limit, List<JobDocument> items)
            throws InterruptedException {
        Piece piece = reads.read(ctx, state -> piece(state, selection, after, limit));
        items.addAll(piece.items());
        for (int looks = 1; looks < MAX_LOOKS && items.isEmpty(); looks++) {
            if (!(piece.next() instanceof JobCursor.InLedger(JobId last))) {
                break;
            }
            piece = reads.read(state -> piece(state, selection, last, limit));
            items.addAll(piece.items());
        }
        return piece.next();
    }

    private record Piece(List<JobDocument> items, JobCursor next) {}

    private static Piece piece(ClusterState state, JobSelection selection, JobId after, int limit) {
        var page = state.jobs().page(selection.forLedger(), after, limit);
        var reasons = new WaitingReasons(state.jobs());
        var items = new ArrayList<JobDocument>();
        JobId last = after;
        long bytes = 0;
        for (var job : page.jobs()) {
            if (bytes >= MAX_PAGE_BYTES) {
                return new Piece(items, new JobCursor.InLedger(last));
            }
            if (selection.states().contains(job.state().kind())) {
                items.add(JobViews.of(job, reasons.of(job)));
                bytes += bytes(items.getLast());
            }
            last = job.id();
        }
        return new Piece(items, behind(page.next()));
    }

    private static JobCursor behind(JobSlice.Next next) {
        return switch (next) {
            case JobSlice.Next.After(JobId cursor) -> new JobCursor.InLedger(cursor);
            case JobSlice.Next.End() -> new JobCursor.InHistory(HistoryCursor.NEWEST);
        };
    }

    /// Looks at finished jobs, newest first: those of the open block, then those of the closed ones.
    private HistoryCursor fromHistory(
            Context ctx, JobSelection selection, HistoryCursor place, int limit, List<JobDocument> items)
            throws InterruptedException {
        OpenBlock open = reads.read(ctx, OpenBlock::of);
        HistoryFilter filter = selection.forHistory(open.micros);
        var gathered = new Gathered(items, limit);
        HistoryCursor cursor = place.block() < open.number ? place : fromOpenBlock(open, place, filter, gathered);
        if (cursor.block() < open.number || cursor.ordinal() == 0) {
            cursor = fromClosedBlocks(ctx, cursor, filter, gathered);
        }
        show(gathered.jobs, items);
        return cursor;
    }

    private static HistoryCursor fromOpenBlock(
            OpenBlock open, HistoryCursor place, HistoryFilter filter, Gathered gathered) {
        boolean isResumed = place.block() == open.number;
        int ordinal = isResumed ? Math.min(place.ordinal(), open.jobs.size()) : open.jobs.size();
        while (ordinal > 0 && !gathered.isFull()) {
            ordinal--;
            if (filter.accepts(open.jobs.get(ordinal))) {
                gathered.add(open.jobs.get(ordinal));
            }
        }
        return new HistoryCursor(open.number, ordinal);
    }

    private HistoryCursor fromClosedBlocks(Context ctx, HistoryCursor place, HistoryFilter filter, Gathered gathered) {
        HistoryCursor cursor = place;
        int missing = 0;
        int most = FIRST_READ;
        while (!gathered.isFull()) {
            int asked = Math.min(gathered.room(), most);
            HistoryPage page = history.list(filter, cursor, asked);
            page.jobs().forEach(gathered::add);
            missing += page.missing();
            cursor = page.next();
            if (page.jobs().size() < asked || cursor.isAtEnd()) {
                break;
            }
            most = gathered.likelyToFit();
        }
        if (missing > 0) {
            // Honest about what this node has not fetched from the others yet.
            ctx.header("X-Muster-Missing-Blocks", Integer.toString(missing));
        }
        return cursor;
    }

    /// The finished jobs of a page that is being made, behind what stands on it already.
    private static final class Gathered {
        private final List<FinishedJob> jobs = new ArrayList<>();
        private final int limit;
        private int count;
        private long bytes;

        Gathered(List<JobDocument> items, int limit) {
            this.limit = limit;
            count = items.size();
            bytes = items.stream().mapToLong(JobListing::bytes).sum();
        }

        void add(FinishedJob job) {
            jobs.add(job);
            count++;
            bytes += JobListing.bytes(job);
        }

        int room() {
            return limit - count;
        }

        boolean isFull() {
            return count >= limit || bytes >= MAX_PAGE_BYTES;
        }

        /// As many further ones as fit if they are like those before.
        int likelyToFit() {
            return Math.clamp((MAX_PAGE_BYTES - bytes) * count / Math.max(1, bytes), 1, limit);
        }
    }

    private static long bytes(JobDocument job) {
        return SMALL_BYTES + bytes(job.payload()) + bytes(job.result()) + bytes(job.checkpoint());
    }

    private static long bytes(FinishedJob job) {
        long result = job.state() instanceof JobState.Succeeded(var answer) ? answer.size() : 0;
        return SMALL_BYTES + job.spec().payload().size() + result;
    }

    private static long bytes(@Nullable Bytes json) {
        return json == null ? 0 : json.size();
    }

    /// Shows finished jobs. Of dead ones only those that gave way to newer dead letters: the others stand in the ledger
    /// and were shown before, live again, ended otherwise later, or were purged.
    private void show(List<FinishedJob> found, List<JobDocument> items) throws InterruptedException {
        boolean isAnyDead = found.stream().anyMatch(job -> job.state() instanceof JobState.Dead);
        List<FinishedJob> shown = isAnyDead
                ? reads.read(state ->
                        found.stream().filter(job -> isLastWord(state, job)).toList())
                : found;
        shown.forEach(job -> items.add(JobViews.of(job)));
    }

    private static boolean isLastWord(ClusterState state, FinishedJob job) {
        return !(job.state() instanceof JobState.Dead) || state.jobs().gaveWay(job.id(), job.finishedMicros());
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

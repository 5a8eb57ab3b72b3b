package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.BulkAnswer;
import io.muster.client.BulkRequest;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobCommand.BulkAct;
import io.muster.jobs.JobFilter;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSlice;
import io.muster.jobs.JobState;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /v1/jobs:cancel`, `:retry` and `:purge`: what can be done to one job, to all that a filter finds.
///
/// One request is one slice, which is one entry of the log; the answer's cursor leads to the next. Jobs that are
/// submitted after the first slice are left alone, so the slices come to an end.
final class BulkRoutes {
    private final Commands commands;
    private final Reads reads;

    BulkRoutes(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    void cancel(Context ctx) throws InterruptedException {
        answer(ctx, BulkAct.CANCEL);
    }

    void retry(Context ctx) throws InterruptedException {
        answer(ctx, BulkAct.RETRY);
    }

    void purge(Context ctx) throws InterruptedException {
        answer(ctx, BulkAct.PURGE);
    }

    private void answer(Context ctx, BulkAct act) throws InterruptedException {
        var asked = Answers.body(ctx, BulkRequest.class);
        JobSelection selection = selection(asked, act);
        List<JobFilter.Scope> scopes = scopes(selection.states(), act);
        BulkCursor place = asked.cursor() == null ? BulkCursor.START : BulkCursor.parse(asked.cursor());
        if (place.scope() >= scopes.size()) {
            throw refused("cursor: '" + asked.cursor() + "' is no cursor of this request");
        }
        JobFilter filter = selection.forLedger(scopes.get(place.scope()));
        boolean isDry = Boolean.TRUE.equals(asked.dryRun());
        Slice slice = isDry
                ? reads.read(state -> counted(state, act, filter, place))
                : swept(ctx, act, filter, place, limit(asked));
        String next = slice.next != null
                ? slice.next.toString()
                : place.scope() + 1 < scopes.size() ? BulkCursor.atScope(place.scope() + 1, slice.before) : null;
        Answers.json(
                ctx,
                200,
                new BulkAnswer(isDry, slice.changed + slice.skipped, isDry ? 0 : slice.changed, slice.skipped, next));
    }

    /// What one slice came to; `changed` counts what a dry run would change.
    private record Slice(
            long changed, long skipped, @Nullable BulkCursor next, JobId before) {}

    private Slice swept(Context ctx, BulkAct act, JobFilter filter, BulkCursor place, int limit)
            throws InterruptedException {
        JobCommand.Bulk command;
        try {
            command = new JobCommand.Bulk(act, filter, place.after(), place.before(), limit);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        JobReply.Swept swept =
                commands.carryOut(ctx, command, JobReply.Swept.class).reply();
        return new Slice(
                swept.done(), swept.leftAlone(), behind(swept.next(), place.scope(), swept.before()), swept.before());
    }

    /// Counts on the state's thread, within the bound of one slice, and changes nothing.
    private static Slice counted(ClusterState state, BulkAct act, JobFilter filter, BulkCursor place) {
        long count = 0;
        JobSlice.Next next = new JobSlice.Next.After(place.after());
        int pages = JobLimits.MAX_SCAN / JobLimits.MAX_PAGE;
        while (pages-- > 0 && next instanceof JobSlice.Next.After(JobId after)) {
            JobSlice page = state.jobs().page(filter, after, JobLimits.MAX_PAGE);
            next = page.next();
            count += page.jobs().stream()
                    .filter(job -> job.id().compareTo(place.before()) < 0)
                    .filter(job -> job.state().kind().allows(act))
                    .count();
            if (page.jobs().size() < JobLimits.MAX_PAGE) {
                // It has looked at all that one look may cost.
                break;
            }
        }
        return new Slice(count, 0, behind(next, place.scope(), place.before()), place.before());
    }

    private static @Nullable BulkCursor behind(JobSlice.Next next, int scope, JobId before) {
        return switch (next) {
            case JobSlice.Next.After(JobId cursor) -> new BulkCursor(scope, cursor, before);
            case JobSlice.Next.End() -> null;
        };
    }

    private static JobSelection selection(BulkRequest asked, BulkAct act) {
        boolean isFiltered = asked.state() != null
                || asked.queue() != null
                || asked.type() != null
                || !asked.labels().isEmpty()
                || asked.audit() != null
                || asked.olderThanMillis() != null;
        if (isFiltered == Boolean.TRUE.equals(asked.all())) {
            throw refused(
                    isFiltered
                            ? "a filter and all exclude each other: leave one out"
                            : "name a filter (state, queue, type, labels, audit, olderThanMillis), or say all");
        }
        Set<JobState.Kind> meant = meant(act);
        Set<JobState.Kind> states = JobSelection.states(orEmpty(asked.state()), meant);
        if (!meant.containsAll(states)) {
            throw refused(
                    switch (act) {
                        case CANCEL -> "only live jobs can be cancelled: " + JobSelection.words(meant) + " ones";
                        case RETRY, PURGE -> "only dead jobs can be retried or purged: leave state out, or say dead";
                    });
        }
        long millis = asked.olderThanMillis() == null ? 0 : asked.olderThanMillis();
        if (millis < 0 || millis > Duration.ofDays(36_500).toMillis()) {
            throw refused("olderThanMillis " + millis + " is not from 0 to a hundred years");
        }
        return new JobSelection(
                states,
                orEmpty(asked.queue()),
                orEmpty(asked.type()),
                JobSelection.labels(asked.labels()),
                orEmpty(asked.audit()),
                Duration.ofMillis(millis));
    }

    /// The states of jobs that `act` can be done to.
    private static Set<JobState.Kind> meant(BulkAct act) {
        var meant = EnumSet.allOf(JobState.Kind.class);
        meant.removeIf(state -> !state.allows(act));
        return meant;
    }

    /// The ledger looks for one state at a time, or for all live ones.
    private static List<JobFilter.Scope> scopes(Set<JobState.Kind> states, BulkAct act) {
        return JobFilter.Scope.all().allows(act) && states.equals(meant(act))
                ? List.of(JobFilter.Scope.all())
                : EnumSet.copyOf(states).stream().map(JobFilter.Scope::of).toList();
    }

    private static int limit(BulkRequest asked) {
        return asked.limit() == null ? JobLimits.MAX_BULK : asked.limit();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static RequestRefused refused(String detail) {
        return Refusal.of(ProblemType.INVALID, detail).refused();
    }
}

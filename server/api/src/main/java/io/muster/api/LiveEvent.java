package io.muster.api;

import io.muster.client.EventDocument;
import io.muster.encoding.Bytes;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobId;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import io.muster.state.Change;
import io.muster.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that happened, as `/v1/events` tells it.
///
/// It keeps no more of a job than it tells: thousands of events are kept, and a payload may have a
/// mebibyte. Its text is made by the first stream that writes it, and is the same for all.
final class LiveEvent {
    private final EventId id;
    private final long micros;
    private final About about;
    private volatile byte @Nullable [] frame;

    /// What is told.
    ///
    /// @param kind what kind of thing changed
    /// @param type what happened to it
    /// @param job which job, or null
    /// @param worker which worker, or null
    /// @param more what else, by name
    private record About(
            String kind,
            String type,
            @Nullable JobId job,
            @Nullable String worker,
            Map<String, ?> more) {}

    private LiveEvent(EventId id, long micros, About about) {
        this.id = id;
        this.micros = micros;
        this.about = about;
    }

    /// `change` as an event; `micros` is the log time at which it happened.
    static LiveEvent of(EventId id, long micros, Change change) {
        return new LiveEvent(id, micros, about(change));
    }

    /// The entry it follows from and its place among that entry's events.
    EventId id() {
        return id;
    }

    /// What kind of thing changed: `jobs`, `workers`, `queues`, `leadership`, `audits`, `values` or `access`.
    String kind() {
        return about.kind;
    }

    /// The event as the stream carries it (WHATWG HTML §9.2). Two streams that ask first make it twice, to the same.
    byte[] frame() {
        byte[] made = frame;
        if (made == null) {
            made = text().getBytes(StandardCharsets.UTF_8);
            frame = made;
        }
        return made;
    }

    private String text() {
        JobId job = about.job;
        var view = new EventDocument(
                id.toString(),
                about.type,
                JobViews.instant(micros),
                job == null ? null : job.toString(),
                about.worker,
                json(about.more));
        return "id: " + id + "\nevent: " + about.type + "\ndata: "
                + Json.write(view).text() + "\n\n";
    }

    private static About about(Change change) {
        return switch (change) {
            case Change.InJobs(JobEvent event) -> about(event);
            case Change.NewTerm(long term, var leader) ->
                about("leadership", "leadership.changed", Map.of("term", term, "leader", leader.value()));
            case Change.InAudit(var audit) -> about("audits", "audit.changed", Map.of("audit", audit.toString()));
            case Change.InValues(String key) -> about("values", "value.changed", Map.of("key", key));
            case Change.InAccess _ -> about("access", "access.changed", Map.of());
        };
    }

    private static About about(JobEvent event) {
        return switch (event) {
            case JobEvent.Moved(JobView job, var cause) ->
                job(
                        job.id(),
                        worker(job.state(), job.lastRun()),
                        cause,
                        job.state(),
                        job.spec().type());
            case JobEvent.Finished(FinishedJob job, var cause) ->
                job(
                        job.id(),
                        worker(job.state(), job.lastRun()),
                        cause,
                        job.state(),
                        job.spec().type());
            case JobEvent.WorkerChanged(var worker, var _, var state, String reason) ->
                new About(
                        "workers",
                        "worker." + word(state),
                        null,
                        worker.value(),
                        reason.isEmpty() ? Map.of() : Map.of("reason", reason));
            case JobEvent.QueueChanged(String queue, var settings) ->
                about("queues", "queue.changed", Map.of("queue", queue, "flow", word(settings.flow())));
        };
    }

    private static About job(JobId job, @Nullable String worker, JobEvent.Cause cause, JobState state, String handler) {
        var more = Map.of("state", word(state.kind()), "type", handler);
        return new About("jobs", "job." + word(cause), job, worker, more);
    }

    private static About about(String kind, String type, Map<String, ?> more) {
        return new About(kind, type, null, null, more);
    }

    /// Who runs it, or ran it last.
    private static @Nullable String worker(JobState state, LastRun lastRun) {
        if (state instanceof JobState.Claimed(var claim)) {
            return claim.worker().value();
        }
        return lastRun instanceof LastRun.By by ? by.worker().value() : null;
    }

    /// Sorted, so that the same event is the same text on every node.
    private static Bytes json(Map<String, ?> fields) {
        return Json.write(new TreeMap<>(fields));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

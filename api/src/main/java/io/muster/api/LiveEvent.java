package io.muster.api;

import io.muster.client.EventView;
import io.muster.client.Json;
import io.muster.encoding.Bytes;
import io.muster.jobs.JobEvent;
import io.muster.state.Change;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that happened, as `/v1/events` tells it.
///
/// @param id the entry it follows from and its place among that entry's events
/// @param micros log time at which it happened
record LiveEvent(EventId id, long micros, Change change) {
    /// What kind of thing changed: `jobs`, `workers`, `queues`, `leadership`, `audits`, `values` or `access`.
    String kind() {
        return switch (change) {
            case Change.InJobs(JobEvent event) ->
                switch (event) {
                    case JobEvent.Moved _, JobEvent.Finished _ -> "jobs";
                    case JobEvent.WorkerChanged _ -> "workers";
                    case JobEvent.QueueChanged _ -> "queues";
                };
            case Change.NewTerm _ -> "leadership";
            case Change.InAudit _ -> "audits";
            case Change.InValues _ -> "values";
            case Change.InAccess _ -> "access";
        };
    }

    /// The event as the stream carries it (WHATWG HTML §9.2).
    String frame() {
        EventView view = view();
        return "id: " + id + "\nevent: " + view.type() + "\ndata: "
                + Json.write(view).text() + "\n\n";
    }

    private EventView view() {
        return switch (change) {
            case Change.InJobs(JobEvent event) -> view(event);
            case Change.NewTerm(long term, var leader) ->
                about("leadership.changed", Map.of("term", term, "leader", leader.value()));
            case Change.InAudit(var audit) -> about("audit.changed", Map.of("audit", audit.toString()));
            case Change.InValues(String key) -> about("value.changed", Map.of("key", key));
            case Change.InAccess _ -> about("access.changed", Map.of());
        };
    }

    private EventView view(JobEvent event) {
        return switch (event) {
            case JobEvent.Moved(var job, var cause) -> {
                var view = JobViews.of(job, null);
                yield job(
                        view.id(),
                        view.worker(),
                        cause,
                        Map.of("state", word(job.state().kind()), "type", view.type()));
            }
            case JobEvent.Finished(var job, var cause) -> {
                var view = JobViews.of(job);
                yield job(
                        view.id(),
                        view.worker(),
                        cause,
                        Map.of("state", word(job.state().kind()), "type", view.type()));
            }
            case JobEvent.WorkerChanged(var worker, var _, var standing, String reason) ->
                new EventView(
                        id.toString(),
                        "worker." + word(standing),
                        JobViews.instant(micros),
                        null,
                        worker.value(),
                        json(reason.isEmpty() ? Map.of() : Map.of("reason", reason)));
            case JobEvent.QueueChanged(String queue, var settings) ->
                about("queue.changed", Map.of("queue", queue, "flow", word(settings.flow())));
        };
    }

    private EventView job(String job, @Nullable String worker, JobEvent.Cause cause, Map<String, ?> more) {
        return new EventView(id.toString(), "job." + word(cause), JobViews.instant(micros), job, worker, json(more));
    }

    private EventView about(String type, Map<String, ?> more) {
        return new EventView(id.toString(), type, JobViews.instant(micros), null, null, json(more));
    }

    /// Sorted, so that the same event is the same text on every node.
    private static Bytes json(Map<String, ?> fields) {
        return Json.write(new TreeMap<>(fields));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.muster.cli;

import io.muster.client.JobDocument;
import io.muster.client.OutputDocument;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Jobs as people read them.
final class JobText {
    private JobText() {}

    /// The word for its state, the same as in the API and on the page.
    static String state(JobDocument job) {
        return job.state().name().toLowerCase(Locale.ROOT);
    }

    /// One line: state, who runs it, what came of it or what it waits for.
    static String line(JobDocument job) {
        return job.id() + "  " + state(job)
                + (job.worker() == null ? "" : "  on " + job.worker() + ", attempt " + job.attempt())
                + (job.result() == null ? "" : "  " + job.result().text())
                + (job.reason() == null ? "" : "  " + job.reason())
                + (job.reason() != null || job.error() == null ? "" : "  " + job.error())
                + (job.waitingFor() == null ? "" : "  waits: " + job.waitingFor());
    }

    /// Everything, a line each.
    static String page(JobDocument job) {
        var page = new StringBuilder(job.id());
        field(page, "state", state(job));
        field(page, "waits", job.waitingFor());
        field(page, "reason", job.reason());
        field(page, "type", job.type());
        field(page, "queue", job.queue() + ", priority " + job.priority());
        field(page, "worker", job.worker() == null ? null : job.worker() + ", attempt " + job.attempt());
        field(page, "fence", job.fence());
        field(page, "submitted", job.submittedAt());
        field(page, "not before", job.notBefore());
        field(page, "started", job.startedAt());
        field(page, "finished", job.finishedAt());
        field(
                page,
                "requires",
                job.requires().isEmpty()
                        ? null
                        : job.requires().entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(",")));
        field(page, "unique key", job.uniqueKey());
        field(page, "error", job.error());
        field(page, "payload", job.payload() == null ? null : job.payload().text());
        field(
                page,
                "checkpoint",
                job.checkpoint() == null ? null : job.checkpoint().text());
        field(page, "output", output(job.output()));
        field(page, "result", job.result() == null ? null : job.result().text());
        return page.toString();
    }

    private static @Nullable String output(@Nullable OutputDocument output) {
        if (output == null) {
            return null;
        }
        return output.written() + " bytes"
                + (output.kept() < output.written() ? ", " + output.kept() + " of them kept" : "")
                + (output.missing() == null ? "" : ", the rest is missing: " + output.missing());
    }

    private static void field(StringBuilder page, String name, @Nullable Object value) {
        if (value != null) {
            page.append(String.format(Locale.ROOT, "%n  %-11s %s", name, AdvisoryText.oneLine(value.toString())));
        }
    }
}

package io.muster.jobs;

import java.util.List;
import java.util.Locale;

/// Job commands in a line each, for people who read the log. No payload and no output stands in it.
final class JobCommandSummary {
    private JobCommandSummary() {}

    static String of(JobCommand command) {
        return switch (command) {
            case JobCommand.Submit(var jobs) -> submitted(jobs);
            case JobCommand.Cancel(var jobs) -> ids(jobs);
            case JobCommand.Retry(var jobs) -> ids(jobs);
            case JobCommand.Purge(var jobs) -> ids(jobs);
            case JobCommand.Bulk bulk -> bulk(bulk);
            case JobCommand.ReportWork report -> report(report);
            case JobCommand.JoinWorker(var worker, var _, var capacity) ->
                worker + " with " + capacity.slots() + " slots";
            case JobCommand.ChangeWorker(var worker, var _, var capacity) ->
                worker + " to " + capacity.slots() + " slots";
            case JobCommand.SuspendWorker(var worker, var _) -> worker.value();
            case JobCommand.ResumeWorker(var worker, var _) -> worker.value();
            case JobCommand.LoseWorker(var worker, var _, String reason) -> worker + ": " + reason;
            case JobCommand.LeaveWorker(var worker, var _, String reason) -> worker + ": " + reason;
            case JobCommand.ConfigureQueue(String queue, var settings) -> queue + ", " + word(settings.flow());
        };
    }

    private static String submitted(List<JobSpec> jobs) {
        JobSpec first = jobs.getFirst();
        String type = first.type() + " in " + first.queue();
        return jobs.size() == 1 ? type : jobs.size() + " jobs, the first " + type;
    }

    private static String ids(List<JobId> jobs) {
        return jobs.size() == 1 ? jobs.getFirst().toString() : jobs.size() + " jobs, the first " + jobs.getFirst();
    }

    private static String bulk(JobCommand.Bulk bulk) {
        JobFilter filter = bulk.filter();
        return word(bulk.act()) + " up to " + bulk.limit() + " jobs"
                + (filter.queue().isEmpty() ? "" : " in " + filter.queue())
                + (filter.type().isEmpty() ? "" : " of " + filter.type());
    }

    private static String report(JobCommand.ReportWork report) {
        String all =
                report.results().size() + " results, " + report.checkpoints().size() + " checkpoints";
        return report.worker() + ": "
                + (report.results().size() == 1 && report.checkpoints().isEmpty()
                        ? one(report.results().getFirst())
                        : all);
    }

    private static String one(WorkResult result) {
        String ending = result.ending().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return "attempt " + result.attempt() + " of " + result.job() + " " + ending;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.muster.cli;

import io.muster.client.JobDocument;
import io.muster.client.JobPage;
import io.muster.client.JobQuery;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster job list`: live jobs and dead letters, oldest first, then finished ones, newest first.
@Command(
        name = "list",
        description = "List jobs: live and dead ones, oldest first, then finished ones, newest first.",
        mixinStandardHelpOptions = true)
final class JobListCommand implements Callable<Integer> {
    /// More scrolls past; programs page with --cursor.
    private static final int MAX_LISTED = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private JobCommandGroup job = new JobCommandGroup();

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            completionCandidates = StateNames.class,
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<String> states = List.of();

    @Option(names = "--queue", paramLabel = "NAME", defaultValue = "", description = "Only of this queue.")
    private String queue = "";

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "", description = "Only for this handler.")
    private String type = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    private int limit = 50;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            defaultValue = "",
            description = "Where to go on, as an earlier list said.")
    private String cursor = "";

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > MAX_LISTED) {
            throw CannotDo.usage("--limit is " + limit + "; it must lie between 1 and " + MAX_LISTED
                    + ", and --cursor goes on from there");
        }
        var query = JobQuery.ALL.in(states(states)).inQueue(queue).ofType(type).after(cursor);
        return job.server().with(client -> {
            JobPage page = read(client, query);
            if (job.printing().isJson()) {
                Printing.json(spec, page);
                return ExitCode.WELL.number();
            }
            Printing.table(spec, table(page.items()));
            if (page.next() != null) {
                Printing.remark(spec, "more follow: --cursor " + page.next());
            }
            return ExitCode.WELL.number();
        });
    }

    /// As many pages as it takes: a page of the API holds fewer, and a filter may leave it half empty.
    private JobPage read(MusterClient client, JobQuery query) throws InterruptedException {
        var items = new ArrayList<JobDocument>();
        @Nullable String next = query.cursor();
        while (next != null && items.size() < limit) {
            int wanted = Math.min(limit - items.size(), WireLimits.MAX_PAGE_ITEMS);
            JobPage page = client.jobs(query.after(next).withLimit(wanted));
            items.addAll(page.items());
            next = page.next();
        }
        return new JobPage(items, next);
    }

    private static TextTable table(List<JobDocument> jobs) {
        var table = new TextTable("JOB", "TYPE", "QUEUE", "STATE", "ATTEMPT", "WORKER", "SUBMITTED", "REMARK");
        for (JobDocument job : jobs) {
            table.row(
                    job.id(),
                    job.type(),
                    job.queue(),
                    JobText.state(job),
                    job.attempt(),
                    job.worker(),
                    job.submittedAt(),
                    AdvisoryText.oneLine(remark(job)));
        }
        return table;
    }

    private static String remark(JobDocument job) {
        if (job.waitingFor() != null) {
            return "waits: " + job.waitingFor();
        }
        if (job.reason() != null) {
            return job.reason();
        }
        return job.error() == null ? "" : job.error();
    }

    /// The states as they are written, for the help and for the refusal of any other.
    static final class StateNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(JobStatus.values()).map(JobStatus::word).iterator();
        }
    }

    static Set<JobStatus> states(List<String> names) {
        var states = EnumSet.noneOf(JobStatus.class);
        for (String name : names) {
            try {
                states.add(JobStatus.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw CannotDo.usage("--state: no job is ever '" + name + "'; the states are "
                        + String.join(", ", new StateNames()));
            }
        }
        return states;
    }
}

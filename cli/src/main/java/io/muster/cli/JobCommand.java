package io.muster.cli;

import io.muster.client.JobQuery;
import io.muster.client.JobState;
import io.muster.client.JobView;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster job`: submit jobs, look at them, call them off, try them again.
@Command(
        name = "job",
        description = "Submit, show, list, cancel and retry jobs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster job submit noop",
            "  muster job submit sleep --payload '{\"millis\":500}' --wait",
            "  muster job list --state queued,claimed",
            "  muster job retry job-0000000012000"
        })
public final class JobCommand {
    private static final long POLL_MILLIS = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Command(name = "submit", description = "Submit a job and print its id.", mixinStandardHelpOptions = true)
    int submit(
            @Parameters(paramLabel = "TYPE", description = "The handler that runs it.") String type,
            @Option(names = "--payload", paramLabel = "JSON", defaultValue = "{}", description = "JSON; - for stdin.")
                    String payload,
            @Option(names = "--queue", paramLabel = "NAME", description = "The queue.") String queue,
            @Option(names = "--priority", paramLabel = "0-100", description = "Higher goes first.") Integer priority,
            @Option(names = "--wait", description = "Wait for its end; exit 1 unless it succeeds.") boolean isAwaited)
            throws InterruptedException, IOException {
        var text = payload.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : payload;
        var job = SubmitJob.of(type, Bytes.utf8(text));
        var inQueue = queue == null ? job : job.withQueue(queue);
        var asked = priority == null ? inQueue : inQueue.withPriority(priority);
        return server.with(client -> {
            String id = client.submit(asked).id();
            out().println(id);
            out().flush();
            if (!isAwaited || id == null) {
                return 0;
            }
            JobView seen = client.job(id);
            while (!isOver(seen)) {
                java.util.concurrent.locks.LockSupport.parkNanos(POLL_MILLIS * 1_000_000);
                seen = client.job(id);
            }
            print(seen);
            return seen.state() == JobState.SUCCEEDED ? 0 : 1;
        });
    }

    @Command(name = "get", description = "Show one job.", mixinStandardHelpOptions = true)
    int get(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> {
            out().println(client.read("/v1/jobs/" + id).text());
            return 0;
        });
    }

    @Command(name = "list", description = "List jobs.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--state", split = ",", paramLabel = "STATE", description = "Only these states.")
                    String[] states,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many.")
                    int limit)
            throws InterruptedException {
        return server.with(client -> {
            var page = client.jobs(JobQuery.ALL.in(states(states)).withLimit(limit));
            var table = new TextTable("JOB", "TYPE", "QUEUE", "STATE", "ATTEMPT", "WORKER", "SUBMITTED");
            for (JobView job : page.items()) {
                table.row(
                        job.id(),
                        job.type(),
                        job.queue(),
                        job.state().name().toLowerCase(Locale.ROOT),
                        job.attempt(),
                        job.worker(),
                        job.submittedAt());
            }
            out().print(table);
            out().flush();
            if (page.next() != null) {
                out().println("more follow; ask for more with --limit");
            }
            return 0;
        });
    }

    @Command(name = "cancel", description = "Call a job off, a running one too.", mixinStandardHelpOptions = true)
    int cancel(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> {
            print(client.cancel(id));
            return 0;
        });
    }

    @Command(name = "retry", description = "Queue a dead job again.", mixinStandardHelpOptions = true)
    int retry(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> {
            print(client.retry(id));
            return 0;
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void print(JobView job) {
        out().println(job.id() + "  " + job.state().name().toLowerCase(Locale.ROOT)
                + (job.worker() == null ? "" : "  on " + job.worker() + ", attempt " + job.attempt())
                + (job.result() == null ? "" : "  " + job.result().text())
                + (job.error() == null ? "" : "  " + job.error()));
        out().flush();
    }

    private static boolean isOver(JobView job) {
        return switch (job.state()) {
            case SUCCEEDED, DEAD, CANCELLED -> true;
            case SCHEDULED, QUEUED, CLAIMED -> false;
        };
    }

    private static Set<JobState> states(String[] names) {
        var states = new TreeSet<JobState>();
        for (String name : names == null ? new String[0] : names) {
            try {
                states.add(JobState.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new CannotDo("no job is ever '" + name + "'; the states are "
                        + Arrays.toString(JobState.values()).toLowerCase(Locale.ROOT));
            }
        }
        return states;
    }
}

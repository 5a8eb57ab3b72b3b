package io.muster.cli;

import io.muster.client.BulkAnswer;
import io.muster.client.BulkRequest;
import io.muster.client.BulkVerb;
import io.muster.client.JobDocument;
import io.muster.client.MusterClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster job cancel|retry|purge`: one job by its id, or all that a filter means.
@Command(
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With an ID one job; with filters all jobs they mean, in slices, until none remains:",
            "  muster job cancel --queue nightly --state queued,scheduled",
            "  muster job retry --type audit --older-than 1h --dry-run",
            "  muster job purge --all"
        })
final class JobSweepCommand implements Callable<Integer> {
    /// What one request changes at most.
    private static final int SLICE = 1_000;

    private final BulkVerb verb;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private JobCommandGroup job = new JobCommandGroup();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "One job; else at least one filter, or --all.")
    private @Nullable String id;

    @Option(names = "--state", split = ",", paramLabel = "STATE", description = "Only these states.")
    private List<String> states = List.of();

    @Option(names = "--queue", paramLabel = "NAME", description = "Only of this queue.")
    private @Nullable String queue;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only for this handler.")
    private @Nullable String type;

    @Option(names = "--label", paramLabel = "LABEL=VALUE", description = "Only those that require it; repeatable.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(names = "--audit", paramLabel = "ID", description = "Only those of this audit.")
    private @Nullable String audit;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "Only those submitted so long ago.")
    private @Nullable Duration olderThan;

    @Option(names = "--all", description = "All of them.")
    private boolean isAll;

    @Option(names = "--dry-run", description = "Count, and change nothing.")
    private boolean isDry;

    @Mixin
    private IdempotencyOption idempotency = new IdempotencyOption();

    JobSweepCommand(BulkVerb verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean isFiltered = !states.isEmpty()
                || queue != null
                || type != null
                || !labels.isEmpty()
                || audit != null
                || olderThan != null;
        if (id == null ? isFiltered == isAll : isFiltered || isAll || isDry) {
            throw new ParameterException(
                    spec.commandLine(), "name one ID, or filters such as --queue, or --all: one of the three");
        }
        idempotency.check();
        String one = id;
        return job.server().with(client -> one == null ? sweep(client) : change(client, one));
    }

    private int change(MusterClient client, String one) throws InterruptedException {
        JobDocument changed = idempotency.write(client, keyed -> switch (verb) {
            case CANCEL -> keyed.cancel(one);
            case RETRY -> keyed.retry(one);
            case PURGE -> keyed.purge(one);
        });
        if (job.printing().isJson()) {
            Printing.json(spec, changed);
        } else {
            Printing.line(spec, JobText.line(changed));
        }
        return ExitCode.WELL.number();
    }

    private int sweep(MusterClient client) throws InterruptedException {
        JobListCommand.states(states);
        BulkRequest continuation = new BulkRequest(
                states.isEmpty() ? null : String.join(",", states),
                queue,
                type,
                labels,
                audit,
                olderThan == null ? null : olderThan.toMillis(),
                isAll ? true : null,
                isDry ? true : null,
                SLICE,
                null);
        var slice = idempotency.write(client, 1, keyed -> keyed.bulk(verb, continuation));
        var sum = slice;
        for (int number = 2; slice.next() != null; number++) {
            var rest = continuation.after(slice.next());
            slice = idempotency.write(client, number, keyed -> keyed.bulk(verb, rest));
            sum = new BulkAnswer(
                    isDry,
                    sum.matched() + slice.matched(),
                    sum.changed() + slice.changed(),
                    sum.skipped() + slice.skipped(),
                    null);
        }
        if (job.printing().isJson()) {
            Printing.json(spec, sum);
        } else {
            Printing.line(
                    spec,
                    verb.word() + ": " + sum.matched() + " jobs match, " + sum.changed() + " changed, " + sum.skipped()
                            + " left alone" + (isDry ? " (dry run)" : ""));
        }
        return ExitCode.WELL.number();
    }
}

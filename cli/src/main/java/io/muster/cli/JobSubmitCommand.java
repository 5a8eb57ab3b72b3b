package io.muster.cli;

import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

/// `muster job submit`: one job from flags, or many from a file.
@Command(
        name = "submit",
        description = "Submit a job and print its id, or a file of jobs and print theirs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Handlers that every node has, and their payloads:",
            "  noop   any JSON",
            "  sleep  {\"millis\": 500}",
            "  audit  made by muster audit; not by hand",
            "",
            "A line of jobs.jsonl is what POST /v1/jobs takes: {\"type\": \"sleep\", \"payload\": {\"millis\": 5}}",
            "",
            "A submit may be repeated under its --idempotency-key and is done once (for a day; under load 10 minutes)."
        })
final class JobSubmitCommand implements Callable<Integer> {
    /// What one long poll takes at most, so that a reason that changes is told soon.
    private static final int POLL_SECONDS = 5;

    /// How long a job may wait before the reason is worth a line.
    private static final Duration SILENT = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private JobCommandGroup job = new JobCommandGroup();

    @Parameters(paramLabel = "TYPE", arity = "0..1", description = "The handler that runs it.")
    private @Nullable String type;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Submit every line of a JSONL file instead; - for stdin.")
    private @Nullable Path file;

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "What the handler is given, JSON; - for stdin (default: {}).")
    private String payload = "{}";

    @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
    private @Nullable String queue;

    @Option(names = "--priority", paramLabel = "0-100", description = "Higher goes first (default: 50).")
    private @Nullable Integer priority;

    @Option(
            names = {"--require", "--requires"},
            paramLabel = "LABEL=VALUE",
            description = "A label its worker must carry; repeatable.")
    private Map<String, String> requires = new TreeMap<>();

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "Not before so long, such as 90s or 2h.")
    private @Nullable Duration delay;

    @Option(
            names = "--run-timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "How long one run may take.")
    private @Nullable Duration runTimeout;

    @Option(names = "--max-attempts", paramLabel = "N", description = "How often it may fail before it is dead.")
    private @Nullable Integer maxAttempts;

    @Option(
            names = "--unique-key",
            paramLabel = "KEY",
            description = "While a live job has it, that one is answered instead of a new one.")
    private @Nullable String uniqueKey;

    @Option(names = "--affinity", paramLabel = "KEY", description = "Jobs that share it prefer the same worker.")
    private @Nullable String affinity;

    @Mixin
    private IdempotencyOption idempotency = new IdempotencyOption();

    @Option(names = "--wait", description = "Wait for its end; exit 1 unless it succeeds.")
    private boolean isAwaited;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "With --wait: how long at most; exit 4 after it, and the job goes on.")
    private @Nullable Duration timeout;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if ((type == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "name a TYPE or a --file of jobs, one of the two");
        }
        if (timeout != null && !isAwaited) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout says how long --wait waits; a run's own limit is --run-timeout");
        }
        idempotency.check();
        Path asked = file;
        if (asked != null) {
            if (isAwaited) {
                throw new ParameterException(spec.commandLine(), "--wait waits for one job, not for a --file of them");
            }
            return new JobFile(spec, job, idempotency).submit(asked);
        }
        SubmitJob continuation = continuation(String.valueOf(type));
        return job.server().with(client -> submit(client, continuation));
    }

    private SubmitJob continuation(String handler) throws IOException {
        String text = payload.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : payload;
        Bytes json;
        try {
            json = Json.checked(Bytes.utf8(text));
        } catch (MalformedJsonException e) {
            throw CannotDo.usage("--payload: " + e.getMessage());
        }
        return new SubmitJob(
                handler,
                json,
                queue,
                priority,
                requires,
                delay == null ? null : delay.toMillis(),
                runTimeout == null ? null : runTimeout.toMillis(),
                maxAttempts,
                uniqueKey,
                affinity);
    }

    private int submit(MusterClient client, SubmitJob continuation) throws InterruptedException {
        SubmittedJob submitted = idempotency.write(client, keyed -> keyed.submit(continuation));
        String id = String.valueOf(submitted.id());
        if (submitted.hint() != null && !isAwaited) {
            Printing.remark(spec, id + " will wait: " + submitted.hint());
        }
        if (!isAwaited) {
            print(submitted, id);
            return ExitCode.WELL.number();
        }
        if (!job.printing().isJson()) {
            Printing.line(spec, id);
        }
        return await(client, id);
    }

    private void print(SubmittedJob submitted, String id) {
        if (job.printing().isJson()) {
            Printing.json(spec, submitted);
        } else {
            Printing.line(spec, id);
        }
    }

    private int await(MusterClient client, String id) throws InterruptedException {
        long began = System.nanoTime();
        String told = "";
        JobDocument seen = client.awaitJob(id, patience(Duration.ZERO));
        while (seen.state().isLive()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (timeout != null && waited.compareTo(timeout) >= 0) {
                throw new CannotDo(
                        ExitCode.TIMED_OUT,
                        "not over after " + waited.toSeconds() + " s: " + JobText.line(seen)
                                + "; it goes on, see muster job get " + id);
            }
            String why = seen.waitingFor() == null ? "" : seen.waitingFor();
            if (waited.compareTo(SILENT) >= 0 && !why.isEmpty() && !why.equals(told)) {
                told = why;
                Printing.remark(spec, id + " waits: " + why);
            }
            seen = client.awaitJob(id, patience(waited));
        }
        if (job.printing().isJson()) {
            Printing.json(spec, seen);
        } else {
            Printing.line(spec, JobText.line(seen));
        }
        return (seen.state() == JobStatus.SUCCEEDED ? ExitCode.WELL : ExitCode.BAD).number();
    }

    /// Short at first: two seconds after its submission a job that waits says why.
    private int patience(Duration waited) {
        long most = waited.compareTo(SILENT) < 0 ? SILENT.toSeconds() : POLL_SECONDS;
        return timeout == null
                ? (int) most
                : (int) Math.clamp(timeout.minus(waited).toSeconds(), 1, most);
    }
}

package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.node.FileFailure;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.Problem;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Jobs from a file with one JSON object a line, submitted in batches. Every line is read before the first is sent: a
/// typing error at the end of a file must not leave its beginning in the queue.
final class JobFile {
    /// Far below what one log entry takes, whatever surrounds the payloads.
    private static final int MAX_BATCH_BYTES = 1 << 20;

    /// Some gigabytes of jobs are not a file but a program.
    private static final int MAX_JOBS = 1_000_000;

    private final CommandSpec spec;
    private final JobCommandGroup job;
    private final IdempotencyOption idempotency;

    /// A job and where it stands.
    private record Line(int number, SubmitJob job, int bytes) {}

    JobFile(CommandSpec spec, JobCommandGroup job, IdempotencyOption idempotency) {
        this.spec = spec;
        this.job = job;
        this.idempotency = idempotency;
    }

    /// Submits all of it; each batch has a key of its own that follows from the command's, so that the
    /// same file under the same key can be submitted again.
    int submit(Path file) throws InterruptedException, IOException {
        List<Line> lines = read(file);
        return job.server().with(client -> {
            int refused = 0;
            int from = 0;
            for (int batch = 1; from < lines.size(); batch++) {
                int to = end(lines, from);
                refused += submit(client, batch, lines.subList(from, to));
                from = to;
            }
            if (refused > 0) {
                Printing.remark(spec, (lines.size() - refused) + " of " + lines.size() + " jobs submitted");
            }
            return (refused == 0 ? ExitCode.WELL : ExitCode.USAGE).number();
        });
    }

    private int submit(MusterClient client, int batch, List<Line> lines) throws InterruptedException {
        int refused = 0;
        var jobs = lines.stream().map(Line::job).toList();
        var answers =
                idempotency.write(client, batch, keyed -> keyed.submitAll(jobs)).jobs();
        for (int i = 0; i < answers.size(); i++) {
            SubmittedJob answer = answers.get(i);
            if (job.printing().isJson()) {
                Printing.json(spec, answer);
            } else if (answer.id() != null) {
                Printing.line(spec, answer.id());
            }
            if (answer.id() == null) {
                refused++;
                Problem problem = answer.problem();
                Printing.remark(
                        spec,
                        "line " + lines.get(i).number() + ": " + (problem == null ? "refused" : problem.detail()));
            }
        }
        return refused;
    }

    private static int end(List<Line> lines, int from) {
        int bytes = 0;
        int to = from;
        while (to < lines.size() && to - from < WireLimits.MAX_BATCH_JOBS) {
            bytes += lines.get(to).bytes();
            if (to > from && bytes > MAX_BATCH_BYTES) {
                break;
            }
            to++;
        }
        return to;
    }

    private static List<Line> read(Path file) {
        String text;
        try {
            text = file.toString().equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw CannotDo.usage("cannot read the jobs in " + file + ": " + FileFailure.of(e));
        }
        var lines = new ArrayList<Line>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (lines.size() == MAX_JOBS) {
                throw CannotDo.usage(file + " holds more than " + MAX_JOBS + " jobs: split it");
            }
            var json = Bytes.utf8(line);
            try {
                lines.add(new Line(number, Json.readStrictly(json, SubmitJob.class), json.size()));
            } catch (MalformedJsonException e) {
                throw CannotDo.usage(file + ":" + number + ": " + e.getMessage() + "; nothing was submitted");
            }
        }
        if (lines.isEmpty()) {
            throw CannotDo.usage("there is no job in " + file);
        }
        return lines;
    }
}

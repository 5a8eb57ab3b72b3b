package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.OutputReport;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.Caller;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.references.FullText;
import io.muster.references.JobOutput;
import io.muster.references.ObjectId;
import io.muster.references.ReferenceCommand;
import io.muster.references.ReferenceReply;
import java.util.Arrays;
import java.util.Base64;

/// `/v1/jobs/{id}/output`: what the last run of a job has printed.
final class OutputRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";

    /// Says in an answer that is only the end of an output why.
    private static final String MISSING_HEADER = "X-Muster-Output-Missing";

    private final Commands commands;
    private final Reads reads;
    private final ObjectProof proof;
    private final StoredAnswers answers;

    OutputRoutes(Commands commands, Reads reads, ObjectProof proof, StoredAnswers answers) {
        this.commands = commands;
        this.reads = reads;
        this.proof = proof;
        this.answers = answers;
    }

    /// The text, or the part of it that `Range` asks for. Where only its end was kept, that, and why.
    void get(Context ctx) throws InterruptedException {
        String job = ctx.pathParam("id");
        JobOutput output = reads.read(ctx, state -> state.references().output(job))
                .orElseThrow(() -> Refusal.of(
                                ProblemType.NOT_FOUND,
                                "no output of " + job + " is kept: it printed"
                                        + " nothing, has not ended, or ended more than a day ago")
                        .refused());
        // It is what a job printed: no browser is to take it for a page.
        ctx.header("X-Content-Type-Options", "nosniff");
        switch (output.fullText()) {
            case FullText.InObject(var object) -> answers.answer(ctx, object, TEXT);
            case FullText.InTail() -> tail(ctx, output);
            case FullText.Missing(var reason) -> {
                ctx.header(MISSING_HEADER, reason.replaceAll("[^ -~]", "?"));
                tail(ctx, output);
            }
        }
    }

    private static void tail(Context ctx, JobOutput output) {
        byte[] tail = output.tail().array();
        var range = ByteRange.of(ctx, tail.length);
        Answers.reserve(ctx, range.length());
        byte[] part = Arrays.copyOfRange(tail, (int) range.from(), (int) (range.from() + range.length()));
        StoredAnswers.write(ctx, range, TEXT, part);
    }

    /// Keeps what a run has printed. An object that it names is asked for on the nodes first.
    void keep(Context ctx) throws InterruptedException {
        var report = Answers.body(ctx, OutputReport.class);
        if (!Caller.of(ctx).identity().mayWorkAs(report.worker())) {
            throw Refusal.of(ProblemType.NOT_ALLOWED, "this key does not work as " + report.worker())
                    .refused();
        }
        JobOutput output = output(ctx.pathParam("id"), report);
        long proven = output.fullText() instanceof FullText.InObject(var id) ? proof.require(id) : 0;
        var command = new ReferenceCommand.KeepOutput(output, proven);
        switch (commands.carryOut(ctx, command, ReferenceReply.OfOutput.class).reply()) {
            case ReferenceReply.Kept() -> ctx.status(204);
            case ReferenceReply.NotRunning(var job, var attempt) ->
                throw Refusal.of(
                                ProblemType.CONFLICT,
                                report.worker() + " does not run attempt " + attempt + " of " + job)
                        .refused();
            case ReferenceReply.ProofTooOld _ -> throw ObjectProof.tooOld();
            case ReferenceReply.Full full -> throw ObjectProof.full(full);
        }
    }

    private static JobOutput output(String job, OutputReport report) {
        try {
            return new JobOutput(
                    job,
                    report.attempt(),
                    report.worker(),
                    report.written(),
                    Bytes.wrap(Base64.getDecoder().decode(report.tail())),
                    fullText(report));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    private static FullText fullText(OutputReport report) {
        if (report.missing() != null) {
            return new FullText.Missing(report.missing());
        }
        return report.digest() == null || report.bytes() == null
                ? new FullText.InTail()
                : new FullText.InObject(new ObjectId(report.digest(), report.bytes()));
    }
}

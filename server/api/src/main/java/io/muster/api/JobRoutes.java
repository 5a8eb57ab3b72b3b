package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.client.SubmitJob;
import io.muster.client.SubmitJobs;
import io.muster.client.SubmittedJob;
import io.muster.client.SubmittedJobs;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `/v1/jobs`: submit one or many, look, wait, list, cancel, retry, purge.
final class JobRoutes {
    /// Proxies and clients end a silent request after a minute or so.
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /// What of a batch is looked at for hints: jobs of one batch lack the same things.
    private static final int MAX_HINTED = 100;

    private final Commands commands;
    private final JobLookup lookup;
    private final JobListing listing;
    private final Reads reads;
    private final FinishWatch finishes;

    JobRoutes(Commands commands, JobLookup lookup, JobListing listing, Reads reads, FinishWatch finishes) {
        this.reads = reads;
        this.finishes = finishes;
        this.commands = commands;
        this.lookup = lookup;
        this.listing = listing;
    }

    /// Submits one job: 201 for a new one, 200 where a live job has its unique key already.
    void submit(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, SubmitJob.class);
        JobSpec spec;
        try {
            spec = JobSpecs.of(asked);
        } catch (IllegalArgumentException e) {
            throw Refusal.at(ProblemType.INVALID, JobSpecs.fault(asked), String.valueOf(e.getMessage()))
                    .refused();
        }
        SubmittedJob submitted = submit(ctx, List.of(spec)).getFirst();
        ctx.header("Location", "/v1/jobs/" + submitted.id());
        Answers.json(ctx, submitted.status(), submitted);
    }

    /// Submits up to 1,000 jobs in one log entry. Jobs that are not acceptable are refused one by one; the others are
    /// all accepted or none is.
    void submitBatch(Context ctx) throws InterruptedException {
        List<SubmitJob> asked = Answers.body(ctx, SubmitJobs.class).jobs();
        if (asked.isEmpty() || asked.size() > WireLimits.MAX_BATCH_JOBS) {
            throw Refusal.at(
                            ProblemType.INVALID,
                            "/jobs",
                            "a batch holds 1 to " + WireLimits.MAX_BATCH_JOBS + " jobs, not " + asked.size())
                    .refused();
        }
        var answers = new SubmittedJob[asked.size()];
        var places = new ArrayList<Integer>(asked.size());
        var specs = new ArrayList<JobSpec>(asked.size());
        for (int place = 0; place < answers.length; place++) {
            try {
                specs.add(JobSpecs.of(asked.get(place)));
                places.add(place);
            } catch (IllegalArgumentException e) {
                answers[place] = refused(ctx, "/jobs/" + place + JobSpecs.fault(asked.get(place)), e);
            }
        }
        if (!specs.isEmpty()) {
            List<SubmittedJob> submitted = submit(ctx, specs);
            for (int i = 0; i < submitted.size(); i++) {
                answers[places.get(i)] = submitted.get(i);
            }
        }
        Answers.json(ctx, 200, new SubmittedJobs(List.of(answers)));
    }

    void list(Context ctx) throws InterruptedException {
        Answers.json(ctx, 200, listing.page(ctx));
    }

    /// The job; with `wait=30s` as soon as it has finished, or as it stands when that time is over.
    void get(Context ctx) throws InterruptedException {
        JobId id = id(ctx);
        Duration wait = Query.duration(ctx, "wait", Duration.ZERO, MAX_WAIT);
        JobDocument job = lookup.find(ctx, id);
        if (!wait.isZero() && job.state().isLive()) {
            try (var ending = finishes.watch(id)) {
                // It may have ended just before the watch began.
                job = lookup.find(ctx, id);
                if (job.state().isLive()) {
                    ending.await(wait);
                    job = lookup.find(ctx, id);
                }
            }
        }
        Answers.json(ctx, 200, job);
    }

    /// Calls a live job off, also one that runs: its worker is told to drop it.
    void cancel(Context ctx) throws InterruptedException {
        JobId id = id(ctx);
        change(ctx, id, new JobCommand.Cancel(List.of(id)), "only a live job can be cancelled");
    }

    /// Queues a dead letter again, as if it had never failed.
    void retry(Context ctx) throws InterruptedException {
        JobId id = id(ctx);
        change(ctx, id, new JobCommand.Retry(List.of(id)), "only a dead letter can be retried");
    }

    /// Takes a dead letter out of the ledger; the history keeps it.
    void purge(Context ctx) throws InterruptedException {
        JobId id = id(ctx);
        JobDocument before = lookup.find(ctx, id);
        if (changed(ctx, new JobCommand.Purge(List.of(id))) != JobReply.ChangeResult.DONE) {
            throw conflict(said(lookup.find(ctx, id)) + ": only a dead letter can be purged");
        }
        Answers.json(ctx, 200, before);
    }

    private List<SubmittedJob> submit(Context ctx, List<JobSpec> specs) throws InterruptedException {
        List<JobReply.Receipt> receipts = receipts(ctx, new JobCommand.Submit(specs));
        var submitted = new ArrayList<SubmittedJob>(receipts.size());
        for (JobReply.Receipt receipt : receipts) {
            String id = receipt.job().toString();
            submitted.add(
                    switch (receipt.deduplication()) {
                        case NEW -> SubmittedJob.accepted(id);
                        case ALREADY_LIVE -> SubmittedJob.known(id);
                    });
        }
        return hinted(receipts, submitted);
    }

    private List<JobReply.Receipt> receipts(Context ctx, JobCommand.Submit command) throws InterruptedException {
        return switch (commands.carryOut(ctx, command, JobReply.OfSubmit.class).reply()) {
            case JobReply.Submitted(List<JobReply.Receipt> receipts) -> receipts;
            case JobReply.KeyConflict(String key) -> throw Commands.reused(key);
            case JobReply.Full(String what, long limit, long retryAfterMillis) ->
                throw Refusal.of(ProblemType.LIMIT_REACHED, "the ledger is at its limit of " + limit + " " + what)
                        .retryAfter(Commands.seconds(retryAfterMillis))
                        .refused();
        };
    }

    /// Adds to each job what it will wait for in vain. Nothing is refused for it: a worker may come later.
    private List<SubmittedJob> hinted(List<JobReply.Receipt> receipts, List<SubmittedJob> submitted)
            throws InterruptedException {
        int count = Math.min(MAX_HINTED, receipts.size());
        List<String> hints = reads.read(state -> receipts.subList(0, count).stream()
                .map(receipt -> StallText.hint(state.jobs(), receipt.job()))
                .toList());
        for (int place = 0; place < count; place++) {
            if (!hints.get(place).isEmpty()) {
                submitted.set(place, submitted.get(place).hinted(hints.get(place)));
            }
        }
        return submitted;
    }

    private void change(Context ctx, JobId id, JobCommand command, String rule) throws InterruptedException {
        switch (changed(ctx, command)) {
            case DONE -> Answers.json(ctx, 200, lookup.find(ctx, id));
            case NOT_IN_LEDGER, WRONG_STATE -> throw conflict(said(lookup.find(ctx, id)) + ": " + rule);
            case KEY_TAKEN -> throw conflict("another live job has the unique key of " + id + " meanwhile");
            case GIVEN_UP ->
                throw conflict("too many died after " + id
                        + ", so that its payload stands in the history alone: submit it anew");
            case NO_ROOM ->
                throw Refusal.of(ProblemType.LIMIT_REACHED, "there is no room to queue " + id + " again")
                        .retryAfter(10)
                        .refused();
        }
    }

    /// What became of the one job that a command names.
    private JobReply.ChangeResult changed(Context ctx, JobCommand command) throws InterruptedException {
        return commands.carryOut(ctx, command, JobReply.Changed.class)
                .reply()
                .changes()
                .getFirst();
    }

    private static SubmittedJob refused(Context ctx, String pointer, IllegalArgumentException e) {
        var refusal = Refusal.at(ProblemType.INVALID, pointer, String.valueOf(e.getMessage()));
        return SubmittedJob.refused(refusal.document(ctx.path()));
    }

    /// How a job stands; a dead one that is not in the ledger any more is told from a dead letter.
    private static String said(JobDocument job) {
        boolean isForgotten = job.state() == JobStatus.DEAD;
        return job.id() + " is " + job.state().name().toLowerCase(Locale.ROOT)
                + (isForgotten
                        ? " and kept by the history alone: it was purged or gave way to newer dead letters"
                        : "");
    }

    private static RequestRefused conflict(String detail) {
        return Refusal.of(ProblemType.CONFLICT, detail).refused();
    }

    private static JobId id(Context ctx) {
        try {
            return JobId.parse(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()))
                    .refused();
        }
    }
}

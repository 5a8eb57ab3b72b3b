package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.QueueDocument;
import io.muster.client.QueuePage;
import io.muster.client.QueueRequest;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobReply;
import io.muster.jobs.QueueSettings;
import java.util.Arrays;
import java.util.Locale;

/// `/v1/queues`: what waits in each, and how it is served.
final class QueueRoutes {
    private final Commands commands;
    private final Reads reads;

    QueueRoutes(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    void list(Context ctx) throws InterruptedException {
        var page = NamedPage.of(ctx, reads.read(ctx, Overview::queues), QueueDocument::queue);
        Answers.json(ctx, 200, new QueuePage(page.items(), page.next()));
    }

    /// Changes how a queue is served, whether or not a job was ever in it.
    void configure(Context ctx) throws InterruptedException {
        String queue = ctx.pathParam("queue");
        var asked = Answers.body(ctx, QueueRequest.class);
        switch (commands.carryOut(ctx, command(queue, asked), JobReply.OfConfigureQueue.class)
                .reply()) {
            case JobReply.Done() -> {}
            case JobReply.Full(String what, long limit, long retryAfterMillis) ->
                throw Refusal.of(ProblemType.LIMIT_REACHED, "the ledger is at its limit of " + limit + " " + what)
                        .retryAfter(Commands.seconds(retryAfterMillis))
                        .refused();
        }
        QueueDocument changed = reads.read(Overview::queues).stream()
                .filter(known -> known.queue().equals(queue))
                .findFirst()
                .orElseThrow(() -> Refusal.of(ProblemType.CONFLICT, "the queue " + queue + " is gone again")
                        .refused());
        Answers.json(ctx, 200, changed);
    }

    private static JobCommand.ConfigureQueue command(String queue, QueueRequest asked) {
        var initial = QueueSettings.initial(queue);
        try {
            return new JobCommand.ConfigureQueue(
                    queue,
                    new QueueSettings(
                            asked.weight() == null ? initial.weight() : asked.weight(),
                            asked.leaderWorks() == null ? initial.leaderWorks() : leaderWorks(asked.leaderWorks()),
                            Boolean.TRUE.equals(asked.paused()) ? QueueSettings.Flow.PAUSED : QueueSettings.Flow.OPEN));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    private static QueueSettings.LeaderWorks leaderWorks(String word) {
        return Arrays.stream(QueueSettings.LeaderWorks.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "leaderWorks '" + word + "' is not known: use never, when_alone or always"));
    }
}

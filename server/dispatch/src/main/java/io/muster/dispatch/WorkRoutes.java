package io.muster.dispatch;

import io.javalin.http.Context;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.http.Answers;
import io.muster.http.Caller;
import io.muster.http.Commands;
import io.muster.http.NotLeading;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestBody;
import io.muster.http.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// `POST /v1/work`: one exchange with a worker that keeps no channel open.
final class WorkRoutes {
    /// A report may need two rounds through the log.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int RETRY_MILLIS = 200;

    private final WorkPort work;
    private final ExchangeReplyMapper replies;

    WorkRoutes(WorkPort work, ExchangeReplyMapper replies) {
        this.work = work;
        this.replies = replies;
    }

    void exchange(Context ctx) throws InterruptedException {
        ExchangeRequest request = ExchangeReading.request(Bytes.wrap(RequestBody.json(ctx)), Caller.of(ctx));
        WorkerReport report = ExchangeReading.report(request, Caller.of(ctx));
        var first = new CompletableFuture<WorkerAnswer>();
        // News after the first answer has no one to go to here; the worker's next report brings it out again.
        work.exchange(report, first::complete);
        ExchangeAnswer answer = Waiting.on(first, PATIENCE)
                .map(told -> replies.of(told, request.sequence()))
                .orElseGet(
                        () -> replies.refusal(request.sequence(), "no majority took the report in time", RETRY_MILLIS));
        if (first.isDone() && first.join() instanceof WorkerAnswer.NotLeading) {
            throw new NotLeading();
        }
        if (first.isDone() && first.join() instanceof WorkerAnswer.Failed(String reason)) {
            throw Refusal.of(ProblemType.BROKEN, reason).refused();
        }
        write(ctx, answer);
    }

    private static void write(Context ctx, ExchangeAnswer answer) {
        int status = switch (answer) {
            case ExchangeReply _ -> 200;
            case ExchangeEnd _ -> 409;
            case ExchangeRefusal refusal -> {
                ctx.header("Retry-After", Integer.toString(Commands.seconds(refusal.retryAfterMillis())));
                yield 503;
            }
        };
        Answers.bytes(ctx, status, ExchangeCodec.encode(answer).array());
    }
}

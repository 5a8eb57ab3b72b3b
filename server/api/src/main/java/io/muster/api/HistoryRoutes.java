package io.muster.api;

import io.javalin.http.Context;
import io.muster.history.BlockFrame;
import io.muster.history.HistoryStore;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.jobs.HistoryBlock;

/// `GET /v1/history/blocks/{number}`: one block of finished jobs, raw and checksummed, for nodes that lack it.
final class HistoryRoutes {
    private final HistoryStore history;

    HistoryRoutes(HistoryStore history) {
        this.history = history;
    }

    void block(Context ctx) {
        HistoryBlock block = history.block(number(ctx.pathParam("number")))
                .orElseThrow(
                        () -> Refusal.of(ProblemType.NOT_FOUND, "this node has no block " + ctx.pathParam("number"))
                                .refused());
        ctx.contentType(BlockFrame.MEDIA_TYPE).result(BlockFrame.encode(block).array());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, "'" + text + "' is no block number")
                    .refused();
        }
    }
}

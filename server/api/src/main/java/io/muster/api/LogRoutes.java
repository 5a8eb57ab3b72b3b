package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.LogEntryDocument;
import io.muster.client.LogPage;
import io.muster.http.Answers;
import io.muster.http.NodePort;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.log.CommittedBatch;
import io.muster.state.ClusterState;
import io.muster.state.LogReading;
import io.muster.state.LoggedEntry;
import java.util.List;

/// `GET /v1/log`: the entries that this node has applied lately, in words.
final class LogRoutes {
    private final NodePort node;
    private final Reads reads;
    private final LogReading reading = new LogReading();

    LogRoutes(NodePort node, Reads reads) {
        this.node = node;
        this.reads = reads;
    }

    /// What the state's thread gives out; putting it into words takes longer than that thread has time for.
    private record Found(long first, long last, long after, List<CommittedBatch> batches) {}

    void list(Context ctx) throws InterruptedException {
        int limit = Query.limit(ctx);
        String after = Query.text(ctx, "after");
        long behind = after.isEmpty() ? -1 : index(after);
        Found found = reads.read(ctx, state -> find(state, behind, limit));
        List<LogEntryDocument> items = found.batches().stream()
                .flatMap(batch -> reading.read(batch).stream())
                .filter(entry -> entry.index() > found.after())
                .limit(limit)
                .map(LogRoutes::document)
                .toList();
        Answers.json(ctx, 200, new LogPage(node.self().value(), found.first(), found.last(), items));
    }

    private static Found find(ClusterState state, long behind, int limit) {
        long last = state.appliedIndex();
        long after = behind < 0 ? Math.max(0, last - limit) : behind;
        var recent = state.recent();
        return new Found(recent.firstIndex(), last, after, recent.after(after, limit));
    }

    private static long index(String text) {
        try {
            long index = Long.parseLong(text);
            if (index >= 0) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw noIndex(text);
        }
        throw noIndex(text);
    }

    private static RuntimeException noIndex(String text) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, "after: '" + text + "' is no index of a log entry")
                .refused();
    }

    private static LogEntryDocument document(LoggedEntry entry) {
        return new LogEntryDocument(
                entry.index(),
                entry.term(),
                JobViews.instant(entry.micros()),
                entry.kind(),
                entry.principal().isEmpty() ? null : entry.principal(),
                entry.summary().isEmpty() ? null : entry.summary(),
                entry.bytes());
    }
}

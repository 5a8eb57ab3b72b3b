package io.muster.api;

import io.javalin.http.Context;
import io.muster.access.Act;
import io.muster.access.Decision;
import io.muster.access.DecisionProof;
import io.muster.client.DecisionDocument;
import io.muster.client.DecisionPage;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.state.ClusterState;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `GET /v1/decisions`: who decided what, newest first, and whether the record of it is whole.
final class DecisionRoutes {
    private final Reads reads;

    DecisionRoutes(Reads reads) {
        this.reads = reads;
    }

    /// What the ledger keeps of the chain.
    private record Chain(Bytes before, List<Decision> links) {
        static Chain of(ClusterState state) {
            return new Chain(state.access().chainStart(), state.access().decisions());
        }

        /// Takes 10,000 hashes, some ten milliseconds: not on the state's thread.
        DecisionProof proof() {
            return DecisionProof.check(before, links);
        }

        String head() {
            return hex(links.isEmpty() ? before : links.getLast().hash());
        }
    }

    void list(Context ctx) throws InterruptedException {
        int limit = Query.limit(ctx);
        long below = below(Query.text(ctx, "cursor"));
        Chain chain = reads.read(ctx, Chain::of);
        List<DecisionDocument> items = chain.links().reversed().stream()
                .filter(link -> link.number() < below)
                .limit(limit)
                .map(DecisionRoutes::document)
                .toList();
        boolean isLast = items.isEmpty()
                || items.getLast().number() == chain.links().getFirst().number();
        Answers.json(
                ctx,
                200,
                new DecisionPage(
                        items,
                        isLast ? null : Long.toString(items.getLast().number()),
                        chain.head(),
                        switch (chain.proof()) {
                            case DecisionProof.Intact _ -> null;
                            case DecisionProof.BrokenAt(long number) -> number;
                        }));
    }

    private static long below(String cursor) {
        try {
            return cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "cursor: '" + cursor + "' is no number of a decision")
                    .refused();
        }
    }

    private static DecisionDocument document(Decision decision) {
        Act act = decision.act();
        return new DecisionDocument(
                decision.number(),
                decision.index(),
                JobViews.instant(decision.micros()),
                act.principal(),
                act.action(),
                orAbsent(act.target()),
                act.authorization().name().toLowerCase(Locale.ROOT),
                orAbsent(act.note()),
                hex(decision.hash()));
    }

    private static @Nullable String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String hex(Bytes hash) {
        return HexFormat.of().formatHex(hash.array());
    }
}

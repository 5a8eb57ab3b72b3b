package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.AdvisorySetDocument;
import io.muster.client.AdvisorySetPage;
import io.muster.client.AdvisorySetRequest;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.references.AdvisorySet;
import io.muster.references.ObjectId;
import io.muster.references.PublishedSet;
import io.muster.references.ReferenceCommand;
import io.muster.references.ReferenceLedger;
import io.muster.references.ReferenceReply;
import java.util.List;
import java.util.Optional;

/// `/v1/advisories`: which sets of advisories the cluster has, and which of them audits use.
final class AdvisoryRoutes {
    private final Commands commands;
    private final Reads reads;
    private final ObjectProof proof;

    AdvisoryRoutes(Commands commands, Reads reads, ObjectProof proof) {
        this.commands = commands;
        this.reads = reads;
        this.proof = proof;
    }

    /// Makes a set the one in use, once a majority of the nodes holds its file.
    void publish(Context ctx) throws InterruptedException {
        AdvisorySet set = set(Answers.body(ctx, AdvisorySetRequest.class));
        long proven = proof.require(set.object());
        var command = new ReferenceCommand.PublishAdvisories(set, proven);
        switch (commands.carryOut(ctx, command, ReferenceReply.OfAdvisories.class)
                .reply()) {
            case ReferenceReply.Published() -> {}
            case ReferenceReply.ProofTooOld _ -> throw ObjectProof.tooOld();
            case ReferenceReply.Full full -> throw ObjectProof.full(full);
        }
        Answers.json(ctx, 200, found(ctx, set.database()));
    }

    private static AdvisorySet set(AdvisorySetRequest asked) {
        try {
            return new AdvisorySet(asked.database(), new ObjectId(asked.digest(), asked.bytes()), asked.records());
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    /// All that the cluster has, the one published last first.
    void list(Context ctx) throws InterruptedException {
        List<AdvisorySetDocument> items = reads.read(
                ctx,
                state -> state.references().sets().reversed().stream()
                        .map(published -> document(state.references(), published))
                        .toList());
        Answers.json(ctx, 200, new AdvisorySetPage(items));
    }

    void get(Context ctx) throws InterruptedException {
        Answers.json(ctx, 200, found(ctx, ctx.pathParam("digest")));
    }

    private AdvisorySetDocument found(Context ctx, String database) throws InterruptedException {
        Optional<AdvisorySetDocument> found = reads.read(
                ctx,
                state -> state.references().set(database).map(published -> document(state.references(), published)));
        return found.orElseThrow(() -> absent(database));
    }

    private static RequestRefused absent(String database) {
        return Refusal.of(ProblemType.NOT_FOUND, "the cluster has no set of advisories " + database)
                .refused();
    }

    private static AdvisorySetDocument document(ReferenceLedger references, PublishedSet published) {
        AdvisorySet set = published.set();
        return new AdvisorySetDocument(
                set.database(),
                set.object().digest(),
                set.object().bytes(),
                set.records(),
                references.current().filter(published::equals).isPresent(),
                JobViews.instant(published.publishedMicros()),
                published.by());
    }
}

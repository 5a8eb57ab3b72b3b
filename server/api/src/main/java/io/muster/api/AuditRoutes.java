package io.muster.api;

import io.javalin.http.Context;
import io.muster.audits.AuditId;
import io.muster.audits.AuditLedger;
import io.muster.audits.AuditReply;
import io.muster.audits.CancelAudit;
import io.muster.audits.Share;
import io.muster.audits.StartAudit;
import io.muster.client.AuditDocument;
import io.muster.client.AuditPage;
import io.muster.client.AuditRequest;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.Underway;
import io.muster.wire.Json;
import java.util.List;
import java.util.Optional;

/// `/v1/audits`: start one from the content of manifests, watch it, read its findings.
final class AuditRoutes {
    private final ClusterPort cluster;
    private final Commands commands;
    private final Reads reads;
    private final ParsingThreads parsing;

    AuditRoutes(ClusterPort cluster, Commands commands, Reads reads, ParsingThreads parsing) {
        this.cluster = cluster;
        this.commands = commands;
        this.reads = reads;
        this.parsing = parsing;
    }

    /// Starts an audit and answers at once; its jobs conclude later.
    void start(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, AuditRequest.class);
        AuditPlan plan = parsing.await(() -> AuditPlan.of(asked));
        AuditId id = switch (commands.carryOut(ctx, command(asked, plan), AuditReply.OfStart.class)
                .reply()) {
            case AuditReply.Started(var started, var _, var _) -> started;
            case AuditReply.Full(var reason, var retryMillis) ->
                throw Refusal.of(ProblemType.LIMIT_REACHED, reason)
                        .retryAfter(Commands.seconds(retryMillis))
                        .refused();
        };
        ctx.header("Location", "/v1/audits/" + id);
        answer(ctx, 202, find(ctx, id), plan.notices());
    }

    void list(Context ctx) throws InterruptedException {
        int limit = Query.limit(ctx);
        String cursor = Query.text(ctx, "cursor");
        AuditId below = cursor.isEmpty() ? AuditLedger.NEWEST : below(cursor);
        List<AuditViews.Snapshot> audits = reads.read(
                ctx,
                state -> state.audits().newestBelow(below, limit + 1).stream()
                        .map(AuditViews.Snapshot::of)
                        .toList());
        List<AuditDocument> items =
                audits.stream().limit(limit).map(AuditViews::head).toList();
        String next = audits.size() > limit ? items.getLast().id() : null;
        Answers.json(ctx, 200, new AuditPage(items, next));
    }

    private static AuditId below(String cursor) {
        try {
            return AuditId.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "cursor: " + e.getMessage())
                    .refused();
        }
    }

    /// Calls a running audit off: what it found stays, its jobs that no other audit waits for are cancelled.
    void cancel(Context ctx) throws InterruptedException {
        AuditId id = id(ctx);
        AuditReply.OfCancel reply = commands.carryOut(ctx, new CancelAudit(id), AuditReply.OfCancel.class)
                .reply();
        AuditViews.Snapshot audit = find(ctx, id);
        switch (reply) {
            case AuditReply.Cancelled _ -> answer(ctx, 200, audit, List.of());
            case AuditReply.NotRunning _ ->
                throw Refusal.of(
                                ProblemType.CONFLICT,
                                id + " is " + AuditViews.head(audit).state()
                                        + ": only a running audit can be cancelled")
                        .refused();
        }
    }

    private static AuditId id(Context ctx) {
        try {
            return AuditId.parse(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    void get(Context ctx) throws InterruptedException {
        AuditId id = id(ctx);
        if (id.index() > cluster.appliedIndex()) {
            reads.awaitBarrier();
        }
        answer(ctx, 200, find(ctx, id), List.of());
    }

    /// Takes the memory before the answer is made, and only for what of it is shown.
    private static void answer(Context ctx, int status, AuditViews.Snapshot audit, List<String> notices) {
        long bytes = AuditViews.weight(audit);
        Answers.reserve(ctx, bytes);
        byte[] json = Json.write(AuditViews.whole(audit, notices)).array();
        Underway.of(ctx).reservation().shrink(bytes);
        Answers.bytes(ctx, status, json);
    }

    private AuditViews.Snapshot find(Context ctx, AuditId id) throws InterruptedException {
        Optional<AuditViews.Snapshot> audit =
                reads.read(ctx, state -> state.audits().find(id).map(AuditViews.Snapshot::of));
        return audit.orElseThrow(
                () -> Refusal.of(ProblemType.NOT_FOUND, "there is no " + id).refused());
    }

    /// The set that this node was given, otherwise the one that the cluster has published last.
    private String database() throws InterruptedException {
        String own = cluster.advisoryDatabase();
        return own.isEmpty()
                ? reads.read(state -> state.references()
                        .current()
                        .map(published -> published.set().database())
                        .orElse(""))
                : own;
    }

    private StartAudit command(AuditRequest asked, AuditPlan plan) throws InterruptedException {
        if (plan.candidates().isEmpty()) {
            throw Refusal.at(ProblemType.INVALID, "/manifests", "the request names no package with a version")
                    .refused();
        }
        String database = asked.database() == null ? database() : asked.database();
        if (database.isEmpty()) {
            throw Refusal.at(
                            ProblemType.INVALID,
                            "/database",
                            "the cluster has no advisory database: give it one with `muster advisories publish`, lay it"
                                    + " out with `muster up --advisories DIR`, or set node.advisories of its nodes")
                    .refused();
        }
        try {
            return new StartAudit(
                    asked.name(),
                    database,
                    asked.sample() == null ? Share.ALL : Share.of(asked.sample()),
                    asked.minimumMillis() == null ? 0 : Math.toIntExact(asked.minimumMillis()),
                    plan.candidates());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }
}

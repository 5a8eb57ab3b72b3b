package io.muster.api;

import io.javalin.http.Context;
import io.muster.access.AccessCommand;
import io.muster.access.AccessReply;
import io.muster.access.KeyRecord;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.client.KeyDocument;
import io.muster.client.KeyPage;
import io.muster.client.KeyRequest;
import io.muster.client.NewKey;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;

/// `/v1/keys`: list, make and revoke API keys. A key's secret is drawn here, shown once, and never written anywhere.
final class KeyRoutes {
    private final Commands commands;
    private final Reads reads;
    private final SecureRandom random = new SecureRandom();

    KeyRoutes(Commands commands, Reads reads) {
        this.commands = commands;
        this.reads = reads;
    }

    void list(Context ctx) throws InterruptedException {
        var keys = reads.read(ctx, state -> state.access().keys()).stream()
                .map(KeyRoutes::view)
                .sorted(Comparator.comparing(KeyDocument::id))
                .toList();
        var page = NamedPage.of(ctx, keys, KeyDocument::id);
        Answers.json(ctx, 200, new KeyPage(page.items(), page.next()));
    }

    /// Makes a key. The answer to this request is the only place where its secret ever stands.
    void create(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, KeyRequest.class);
        KeyText text = draw();
        KeyRecord record = record(asked, text);
        carryOut(ctx, new AccessCommand.AddKey(record));
        KeyDocument view = reads.read(state -> state.access().keys()).stream()
                .filter(known -> known.key().id().equals(record.id()))
                .map(KeyRoutes::view)
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                                ProblemType.CONFLICT,
                                "a key was made for this Idempotency-Key before, and its secret was shown then and"
                                        + " never again: revoke that key, and ask with a new Idempotency-Key")
                        .refused());
        Answers.json(ctx, 201, new NewKey(view, text.reveal()));
    }

    void revoke(Context ctx) throws InterruptedException {
        AccessCommand command;
        try {
            command = new AccessCommand.RevokeKey(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()))
                    .refused();
        }
        carryOut(ctx, command);
        ctx.status(204);
    }

    private KeyText draw() {
        byte[] id = new byte[KeyText.ID_BYTES];
        byte[] secret = new byte[KeyText.SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new KeyText(HexFormat.of().formatHex(id), Bytes.wrap(secret));
    }

    private void carryOut(Context ctx, AccessCommand command) throws InterruptedException {
        switch (commands.carryOut(ctx, command, AccessReply.class).reply()) {
            case AccessReply.Done() -> {}
            case AccessReply.AlreadyThere() ->
                throw Refusal.of(ProblemType.CONFLICT, "there is a key of that id already: ask again for another")
                        .refused();
            case AccessReply.NotThere() ->
                throw Refusal.of(ProblemType.NOT_FOUND, "there is no such key").refused();
            case AccessReply.LastAdminKey() ->
                throw Refusal.of(
                                ProblemType.CONFLICT,
                                "it is the last admin key: without it nobody could make another, so make one first")
                        .refused();
            case AccessReply.OfInvitation other ->
                throw new InvariantViolation("a command about a key was answered with " + other);
            case AccessReply.Full(int limit) ->
                throw Refusal.of(ProblemType.LIMIT_REACHED, "there are " + limit + " usable keys: revoke some first")
                        .refused();
        }
    }

    private static KeyRecord record(KeyRequest asked, KeyText text) {
        try {
            return new KeyRecord(
                    text.id(),
                    asked.name(),
                    role(asked.role()),
                    asked.worker() == null ? "" : asked.worker(),
                    text.hash(),
                    "");
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    private static Role role(String name) {
        for (Role role : Role.values()) {
            if (word(role).equals(name)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role '" + name + "' is not known: use viewer, operator, worker or admin");
    }

    private static KeyDocument view(io.muster.access.KeyView view) {
        KeyRecord key = view.key();
        return new KeyDocument(
                key.id(),
                key.principal(),
                word(key.role()),
                key.worker().isEmpty() ? null : key.worker(),
                word(view.status()),
                JobViews.instant(view.createdMicros()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

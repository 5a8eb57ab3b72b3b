package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.CopiesDocument;
import io.muster.client.ObjectDocument;
import io.muster.client.ObjectPage;
import io.muster.client.UploadDocument;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.LeaderGate;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestBody;
import io.muster.http.RequestRefused;
import io.muster.objects.Copies;
import io.muster.objects.ObjectReplication;
import io.muster.objects.ObjectStore;
import io.muster.objects.ReceiveResult;
import io.muster.references.NamedObject;
import io.muster.references.ObjectId;
import io.muster.references.ReferenceCommand;
import io.muster.references.ReferenceReply;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/v1/objects`: what is too large for the log goes up in chunks to any node, is brought to a majority, and comes down
/// from any node again. What names it in the log has routes of its own.
final class ObjectRoutes {
    /// The media type of chunks and parts.
    static final String BYTES = "application/octet-stream";

    /// How long one request waits for other nodes to fetch an object. They go on when it is over, and the next request
    /// finds them further.
    static final Duration SPREAD_PATIENCE = Duration.ofSeconds(60);

    /// The sum that goes with each chunk (RFC 9530 §2).
    private static final Pattern CONTENT_DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");

    private static final int RETRY_SECONDS = 5;

    private final ClusterPort cluster;
    private final ObjectReplication objects;
    private final StoredAnswers answers;
    private final Reads reads;
    private final Commands commands;

    ObjectRoutes(
            ClusterPort cluster, ObjectReplication objects, StoredAnswers answers, Reads reads, Commands commands) {
        this.cluster = cluster;
        this.objects = objects;
        this.answers = answers;
        this.reads = reads;
        this.commands = commands;
    }

    /// How much of an upload this node has.
    void upload(Context ctx) {
        ObjectId id = announced(ctx);
        long received = objects.store().received(id);
        Answers.json(ctx, 200, new UploadDocument(id.digest(), id.bytes(), received, isHere(id)));
    }

    /// Takes the next chunk of an upload.
    void chunk(Context ctx) {
        ObjectId id = announced(ctx);
        long offset = number(ctx, "offset", Long.MAX_VALUE);
        var diskPressure = cluster.diskPressure();
        if (diskPressure.isPresent()) {
            throw full(cluster.self() + " takes no objects: " + diskPressure.get());
        }
        byte[] chunk = RequestBody.bytes(ctx);
        if (chunk.length > ObjectStore.MAX_CHUNK_BYTES) {
            throw Refusal.of(
                            ProblemType.TOO_LARGE,
                            "a chunk of " + chunk.length + " bytes is over the limit of " + ObjectStore.MAX_CHUNK_BYTES
                                    + " bytes")
                    .refused();
        }
        checkSum(ctx, chunk);
        long received = received(id, offset, chunk);
        Answers.json(ctx, 200, new UploadDocument(id.digest(), id.bytes(), received, isHere(id)));
    }

    private long received(ObjectId id, long offset, byte[] chunk) {
        return switch (objects.store().receive(id, offset, chunk)) {
            case ReceiveResult.Complete() -> id.bytes();
            case ReceiveResult.Continue(long next) -> next;
            case ReceiveResult.Misplaced(long next) -> next;
            case ReceiveResult.Refused(String reason) ->
                throw Refusal.of(ProblemType.INVALID, reason).refused();
            case ReceiveResult.TooMany(int limit) ->
                throw Refusal.of(
                                ProblemType.OVERLOADED,
                                "this node takes " + limit + " uploads at once; nothing was written")
                        .retryAfter(RETRY_SECONDS)
                        .refused();
            case ReceiveResult.NoRoom(String reason) ->
                throw full("the disk of " + cluster.self() + " refused to write: " + reason);
        };
    }

    private static RequestRefused full(String detail) {
        return Refusal.of(ProblemType.DISK_NEARLY_FULL, detail)
                .retryAfter(RETRY_SECONDS)
                .refused();
    }

    private static void checkSum(Context ctx, byte[] chunk) {
        String header = ctx.header("Content-Digest");
        Matcher sum = CONTENT_DIGEST.matcher(header == null ? "" : header);
        if (!sum.matches()) {
            throw Refusal.of(
                            ProblemType.MALFORMED_REQUEST,
                            "a chunk comes with its sum: Content-Digest: sha-256=:<base64>: (RFC 9530)")
                    .refused();
        }
        if (!Bytes.wrap(Base64.getDecoder().decode(sum.group(1))).equals(Sha256.of(Bytes.wrap(chunk)))) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, "the chunk is not what was sent: send it again")
                    .refused();
        }
    }

    private boolean isHere(ObjectId id) {
        return objects.store().find(id.digest()).filter(id::equals).isPresent();
    }

    /// Brings an object that is here to a majority.
    void replicate(Context ctx) throws InterruptedException {
        ObjectId id = announced(ctx);
        if (!isHere(id)) {
            throw Refusal.of(ProblemType.CONFLICT, cluster.self() + " does not have all of " + id + " yet")
                    .refused();
        }
        Copies copies = objects.spread(id, SPREAD_PATIENCE);
        if (!copies.isMajority()) {
            throw Refusal.of(ProblemType.OBJECT_NOT_SAFE, copies.sentence())
                    .retryAfter(RETRY_SECONDS)
                    .refused();
        }
        Answers.json(
                ctx,
                200,
                new CopiesDocument(id.digest(), id.bytes(), copies.holders().size(), copies.nodes()));
    }

    /// Another node wants this one to hold an object.
    void secure(Context ctx) throws InterruptedException {
        ObjectId id = announced(ctx);
        Optional<String> failure = objects.secure(id);
        if (failure.isPresent()) {
            throw Refusal.of(ProblemType.OBJECT_NOT_SAFE, failure.get()).refused();
        }
        Answers.json(ctx, 200, new UploadDocument(id.digest(), id.bytes(), id.bytes(), true));
    }

    /// An object, or a part of it. A node that is asked by another speaks for itself alone.
    void get(Context ctx) throws InterruptedException {
        String digest = digest(ctx);
        Optional<ObjectId> here = objects.store().find(digest);
        if (ctx.header(LeaderGate.HOP_HEADER) != null) {
            ObjectId id = here.orElseThrow(() -> absent(digest));
            if (!answers.isAnswered(ctx, id, ByteRange.of(ctx, id.bytes()), BYTES)) {
                throw absent(digest);
            }
            return;
        }
        ObjectId id = here.isPresent()
                ? here.get()
                : reads.read(state -> state.references().object(digest).map(NamedObject::id))
                        .orElseThrow(() -> absent(digest));
        answers.answer(ctx, id, BYTES);
    }

    private static RequestRefused absent(String digest) {
        return Refusal.of(ProblemType.NOT_FOUND, "there is no object " + digest).refused();
    }

    /// The objects that the log names, by digest.
    void list(Context ctx) throws InterruptedException {
        int limit = Query.limit(ctx);
        String after = Query.text(ctx, "cursor");
        List<NamedObject> found = reads.read(
                ctx,
                state -> state.references().objects().stream()
                        .filter(object -> object.id().digest().compareTo(after) > 0)
                        .sorted(java.util.Comparator.comparing(NamedObject::id))
                        .limit(limit + 1L)
                        .toList());
        List<ObjectDocument> items = found.stream()
                .limit(limit)
                .map(object -> new ObjectDocument(
                        object.id().digest(),
                        object.id().bytes(),
                        object.owner(),
                        object.references(),
                        isHere(object.id())))
                .toList();
        Answers.json(
                ctx,
                200,
                new ObjectPage(items, found.size() > limit ? items.getLast().digest() : null));
    }

    /// Marks a place in the log for a node that is about to remove objects.
    void mark(Context ctx) throws InterruptedException {
        var marked = commands.carryOut(ctx, new ReferenceCommand.Mark(), ReferenceReply.OfMark.class);
        ctx.header("Location", "/api/logs/" + marked.index());
        ctx.status(204);
    }

    private static ObjectId announced(Context ctx) {
        String digest = digest(ctx);
        long bytes = number(ctx, "bytes", ObjectId.MAX_BYTES);
        return new ObjectId(digest, bytes);
    }

    private static String digest(Context ctx) {
        String digest = ctx.pathParam("digest");
        if (!ObjectId.isDigest(digest)) {
            throw Refusal.of(ProblemType.NOT_FOUND, "an object is named by the 64 hexadecimal digits of its SHA-256")
                    .refused();
        }
        return digest;
    }

    private static long number(Context ctx, String name, long most) {
        String text = Query.text(ctx, name);
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.of(ProblemType.MALFORMED_REQUEST, name + " is a number of bytes")
                    .refused();
        }
        long number = Long.parseLong(text);
        if (number > most) {
            throw Refusal.of(ProblemType.TOO_LARGE, name + " " + number + " is over the limit of " + most + " bytes")
                    .refused();
        }
        return number;
    }
}

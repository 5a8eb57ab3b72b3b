package io.muster.api;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.http.Answers;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.objects.ObjectReplication;
import io.muster.objects.ObjectStore;
import io.muster.objects.ReadResult;
import io.muster.references.ObjectId;
import java.io.InputStream;
import java.util.Optional;

/// Answers with an object, or a part of it, whichever node was asked: one that lacks it, or whose copy is damaged,
/// fetches it from another first.
final class StoredAnswers {
    private static final int RETRY_SECONDS = 2;

    private final ObjectReplication objects;

    StoredAnswers(ObjectReplication objects) {
        this.objects = objects;
    }

    /// Answers with an object that the log names.
    void answer(Context ctx, ObjectId id, String contentType) throws InterruptedException {
        var range = ByteRange.of(ctx, id.bytes());
        for (int tries = 0; tries < 2; tries++) {
            Optional<String> failure = objects.secure(id);
            if (failure.isPresent()) {
                throw Refusal.of(
                                ProblemType.NOT_READY,
                                "no node that answers gives the object " + id + ": " + failure.get())
                        .retryAfter(RETRY_SECONDS)
                        .refused();
            }
            if (isAnswered(ctx, id, range, contentType)) {
                return;
            }
        }
        throw Refusal.of(ProblemType.NOT_READY, "no copy of " + id + " could be read here")
                .retryAfter(RETRY_SECONDS)
                .refused();
    }

    /// Answers with an object if it is held here and is well.
    boolean isAnswered(Context ctx, ObjectId id, ByteRange range, String contentType) {
        if (range.length() > ObjectStore.MAX_READ_BYTES) {
            // The first part is read before the head is written: most damage is answered by another copy.
            if (!(objects.store().read(id.digest(), range.from(), 1) instanceof ReadResult.Read)) {
                return false;
            }
            write(ctx, range, contentType, new StoredStream(objects.store(), id.digest(), range));
            return true;
        }
        Answers.reserve(ctx, range.length());
        if (objects.store().read(id.digest(), range.from(), (int) range.length())
                instanceof ReadResult.Read(Bytes bytes)) {
            write(ctx, range, contentType, bytes.array());
            return true;
        }
        return false;
    }

    private static void write(Context ctx, ByteRange range, String contentType, InputStream bytes) {
        range.announce(ctx);
        ctx.contentType(contentType).header("Content-Length", Long.toString(range.length()));
        ctx.result(bytes);
    }

    /// Answers with a part of bytes that are in memory.
    static void write(Context ctx, ByteRange range, String contentType, byte[] part) {
        range.announce(ctx);
        ctx.contentType(contentType).result(part);
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// `GET /v1/cluster/backup`: all that the cluster knows, and its history, as one file.
final class BackupRoutes {
    private static final String MEDIA_TYPE = "application/vnd.muster.snapshot";

    /// The last entry that a backup knows of.
    private static final String INDEX = "X-Muster-Backup-Index";

    /// What ten million past entries take to be written on a slow disk, several times.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ClusterPort cluster;
    private final Reads reads;

    BackupRoutes(ClusterPort cluster, Reads reads) {
        this.cluster = cluster;
        this.reads = reads;
    }

    /// This node's own state, once everything is in it that was acknowledged before the request came. It is
    /// written to the disk first: no reader, however slow, holds the state.
    void download(Context ctx) throws InterruptedException {
        ctx.contentType(MEDIA_TYPE);
        if (ctx.method().equals(HandlerType.HEAD)) {
            return;
        }
        reads.awaitBarrier();
        CompletionStage<BackupAnswer> taken = cluster.backup();
        switch (Waiting.on(taken, PATIENCE).orElseGet(() -> tooLate(taken))) {
            case BackupAnswer.Ready ready -> send(ctx, ready);
            case BackupAnswer.Refused(String reason) ->
                throw Refusal.of(ProblemType.NOT_READY, "no backup was taken: " + reason)
                        .retryAfter(5)
                        .refused();
        }
    }

    private static BackupAnswer tooLate(CompletionStage<BackupAnswer> taken) {
        var _ = taken.thenAccept(late -> {
            if (late instanceof BackupAnswer.Ready ready) {
                close(ready.content());
            }
        });
        return new BackupAnswer.Refused("it was not written within " + PATIENCE.toMinutes() + " minutes");
    }

    private static void send(Context ctx, BackupAnswer.Ready ready) {
        ctx.res().setContentLengthLong(ready.bytes());
        ctx.header(INDEX, Long.toString(ready.lastIndex()));
        try (InputStream content = ready.content()) {
            content.transferTo(ctx.res().getOutputStream());
        } catch (IOException e) {
            // The reader sees by its length and its checksums that it did not get all of it.
            ctx.attribute("muster.stream-ended", e.toString());
        }
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of a backup", e);
        }
    }
}

package io.muster.objects;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.references.ObjectId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The other nodes of the cluster, as this one reaches them.
public interface ObjectPeers {
    /// Who votes now: asked anew at each use, for members come and go.
    Voters voters();

    /// A part of an object that `node` holds; empty if it does not, or does not answer.
    Optional<Bytes> fetch(NodeId node, ObjectId id, long offset, int length) throws InterruptedException;

    /// Asks `node` to hold an object, and to fetch it if it does not: completed at the latest after `patience`, with
    /// why it does not, or with nothing when it does.
    CompletableFuture<Optional<String>> secure(NodeId node, ObjectId id, Duration patience);
}

package io.muster.api;

import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.objects.Copies;
import io.muster.objects.ObjectReplication;
import io.muster.references.ObjectId;
import io.muster.references.ReferenceReply;
import io.muster.state.ClusterState;
import java.time.Duration;

/// What a leader makes sure of before it proposes that the log names an object: a majority of the voters holds it on
/// disk and keeps it for long enough.
final class ObjectProof {
    /// They were brought to hold it before; here they only have to say so.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int RETRY_SECONDS = 2;

    /// Room comes with time: outputs go after a day.
    private static final int ROOM_RETRY_SECONDS = 60;

    private final ObjectReplication objects;
    private final Reads reads;

    ObjectProof(ObjectReplication objects, Reads reads) {
        this.objects = objects;
        this.reads = reads;
    }

    /// The log time that the next proof is of: read before anybody is asked, so that it is never later.
    private long nowMicros() throws InterruptedException {
        return reads.read((ClusterState state) -> state.time().elapsedMicros());
    }

    /// The log time at which, or after which, a majority was known to hold the object.
    ///
    /// Throws [io.muster.http.RequestRefused] where no majority does.
    long require(ObjectId id) throws InterruptedException {
        long now = nowMicros();
        Copies copies = objects.spread(id, PATIENCE);
        if (!copies.isMajority()) {
            throw Refusal.of(ProblemType.OBJECT_NOT_SAFE, copies.sentence())
                    .retryAfter(RETRY_SECONDS)
                    .refused();
        }
        return now;
    }

    /// The command stood in the log too late for its proof.
    static RequestRefused tooOld() {
        return Refusal.of(ProblemType.OBJECT_NOT_SAFE, "it took too long since the nodes were asked; repeat it")
                .retryAfter(1)
                .refused();
    }

    /// The cluster has no room for the object.
    static RequestRefused full(ReferenceReply.Full full) {
        return switch (full.room()) {
            case OF_OBJECT -> Refusal.of(ProblemType.INVALID, full.reason()).refused();
            case OF_OWNER ->
                Refusal.of(ProblemType.LIMIT_REACHED, full.reason())
                        .retryAfter(ROOM_RETRY_SECONDS)
                        .refused();
            case IN_TOTAL ->
                Refusal.of(ProblemType.OBJECTS_FULL, full.reason())
                        .retryAfter(ROOM_RETRY_SECONDS)
                        .refused();
        };
    }
}

package io.muster.api;

import io.javalin.http.Context;
import io.muster.client.LeaderDocument;
import io.muster.client.TransferRequest;
import io.muster.http.Answers;
import io.muster.http.NotLeading;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.Waiting;
import io.muster.log.NodeId;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import java.time.Duration;

/// `/v1/cluster/leader`: hands leadership over.
final class LeaderRoutes {
    /// More than the deadlines of a hand-over take together; the engine answers in any case.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final ClusterPort cluster;

    LeaderRoutes(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /// Answers once another leads. Nothing is written, so a leader that was replaced meanwhile lets its
    /// successor answer.
    void transfer(Context ctx) throws InterruptedException {
        Successor to = successor(Answers.body(ctx, TransferRequest.class));
        TransferAnswer answer = Waiting.on(cluster.transfer(to), PATIENCE)
                .orElseGet(() -> new TransferAnswer.Failed("nothing was heard of it in time"));
        switch (answer) {
            case TransferAnswer.Done(NodeId leader, long term) ->
                Answers.json(ctx, 200, new LeaderDocument(leader.value(), term));
            case TransferAnswer.Refused(String reason) -> {
                if (!cluster.leadership().isMine()) {
                    throw new NotLeading();
                }
                throw refused(reason);
            }
            case TransferAnswer.Failed(String reason) -> throw refused(reason);
        }
    }

    private static RuntimeException refused(String reason) {
        return Refusal.of(ProblemType.CONFLICT, "leadership was not handed over: " + reason)
                .refused();
    }

    private static Successor successor(TransferRequest asked) {
        String to = asked.to();
        if (to == null) {
            return Successor.ANYONE;
        }
        try {
            return new Successor.Named(new NodeId(to));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }
}

package io.muster.api;

import io.muster.http.HttpSecurity;
import io.muster.http.PeerClient;
import io.muster.log.Engine;
import io.muster.objects.ObjectNames;
import io.muster.references.NamedObject;
import io.muster.references.ObjectId;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// What the log says of objects, as this node has applied it; marks are written by the leader, whom this node asks as
/// any other would.
public final class LoggedNames implements ObjectNames, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClusterPort cluster;
    private final PeerClient client;

    /// `security` says whom this node trusts as the others.
    public LoggedNames(ClusterPort cluster, HttpSecurity security) {
        this.cluster = cluster;
        client = new PeerClient(Duration.ofSeconds(1), security);
    }

    @Override
    public Set<ObjectId> named() throws InterruptedException {
        var objects = await(cluster.read(state -> state.references().objects()))
                .orElseThrow(() -> new IllegalStateException("the state did not answer"));
        return objects.stream().map(NamedObject::id).collect(Collectors.toSet());
    }

    @Override
    public boolean mark() throws InterruptedException {
        Optional<URI> leader = cluster.leadership().leader().flatMap(cluster::apiAddress);
        if (leader.isEmpty()) {
            return false;
        }
        var request = HttpRequest.newBuilder(leader.get().resolve("/v1/objects:mark"))
                .header("Authorization", "Bearer " + cluster.ownKey())
                .POST(BodyPublishers.noBody());
        boolean isWritten = await(WholeAnswer.of(client.http(), request, PATIENCE, WireLimits.MAX_ANSWER_BYTES))
                .filter(answer -> answer.statusCode() == 204)
                .isPresent();
        // What is committed now, and the mark with it, is applied here when the barrier is reached.
        return isWritten
                && await(cluster.barrier())
                        .filter(Engine.Barrier.At.class::isInstance)
                        .isPresent();
    }

    private static <T> Optional<T> await(CompletionStage<T> question) throws InterruptedException {
        try {
            return Optional.of(question.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.muster.api;

import io.muster.encoding.Bytes;
import io.muster.http.HttpSecurity;
import io.muster.http.LeaderGate;
import io.muster.http.PeerClient;
import io.muster.log.EngineStatus;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.objects.ObjectPeers;
import io.muster.objects.ObjectStore;
import io.muster.objects.Voters;
import io.muster.references.ObjectId;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.ProblemReader;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects of the other nodes, over their API and under this node's own key.
public final class PeerObjects implements ObjectPeers, AutoCloseable {
    /// One part has a few MiB.
    private static final Duration PART_PATIENCE = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(PeerObjects.class);

    private final ClusterPort cluster;
    private final PeerClient client;

    /// `security` says whom this node trusts as the others.
    public PeerObjects(ClusterPort cluster, HttpSecurity security) {
        this.cluster = cluster;
        client = new PeerClient(Duration.ofSeconds(1), security);
    }

    @Override
    public Voters voters() {
        EngineStatus status = cluster.status();
        var before = new TreeSet<NodeId>();
        var after = new TreeSet<NodeId>();
        for (MemberStatus member : status.members()) {
            switch (member.vote()) {
                case VOTER -> {
                    before.add(member.id());
                    after.add(member.id());
                }
                case LEAVING -> before.add(member.id());
                case COMING -> after.add(member.id());
                case LEARNER -> {}
            }
        }
        return new Voters(before, after);
    }

    @Override
    public Optional<Bytes> fetch(NodeId node, ObjectId id, long offset, int length) throws InterruptedException {
        Optional<URI> address = cluster.apiAddress(node);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var request = request(address.get().resolve("/v1/objects/" + id.digest()))
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1));
        try {
            var answer = WholeAnswer.await(client.http(), request, PART_PATIENCE, ObjectStore.MAX_READ_BYTES);
            return answer.statusCode() == 206 ? Optional.of(Bytes.wrap(answer.body())) : Optional.empty();
        } catch (IOException e) {
            log.debug("object not fetched digest={} from={} cause=\"{}\"", id.digest(), node, e.toString());
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<Optional<String>> secure(NodeId node, ObjectId id, Duration patience) {
        Optional<URI> address = cluster.apiAddress(node);
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of("nobody knows where its API listens"));
        }
        var request = request(address.get().resolve("/v1/objects/" + id.digest() + ":secure?bytes=" + id.bytes()))
                .POST(BodyPublishers.noBody());
        return WholeAnswer.of(client.http(), request, patience, WireLimits.MAX_ANSWER_BYTES)
                .thenApply(PeerObjects::failure)
                .exceptionally(failure -> Optional.of(reason(failure)));
    }

    private static Optional<String> failure(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 200) {
            return Optional.empty();
        }
        var problem = ProblemReader.read(answer.statusCode(), Bytes.wrap(answer.body()));
        return Optional.of(problem.detail() == null ? problem.title() : problem.detail());
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof IOException broken
                ? "its API does not answer, " + ConnectionFailures.describe(broken)
                : "it has not answered in time";
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header(LeaderGate.HOP_HEADER, cluster.self().value())
                .header("Authorization", "Bearer " + cluster.ownKey());
    }

    @Override
    public void close() {
        client.close();
    }
}

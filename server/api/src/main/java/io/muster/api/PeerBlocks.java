package io.muster.api;

import io.muster.encoding.Bytes;
import io.muster.history.BlockFrame;
import io.muster.history.BlockSource;
import io.muster.http.HttpSecurity;
import io.muster.http.PeerClient;
import io.muster.log.EngineStatus;
import io.muster.wire.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches history blocks from the API of the other nodes, one after the other until one has the block.
public final class PeerBlocks implements BlockSource, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(PeerBlocks.class);

    private final ClusterPort cluster;
    private final PeerClient client;

    /// `security` says whom this node trusts as the others.
    public PeerBlocks(ClusterPort cluster, HttpSecurity security) {
        this.cluster = cluster;
        client = new PeerClient(Duration.ofSeconds(1), security);
    }

    @Override
    public Optional<Bytes> fetch(long number) throws InterruptedException {
        for (EngineStatus.PeerStatus peer : cluster.status().peers()) {
            Optional<URI> address = cluster.apiAddress(peer.id());
            Optional<Bytes> frame = address.isPresent() ? fetch(number, address.get()) : Optional.empty();
            if (frame.isPresent()) {
                return frame;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    private Optional<Bytes> fetch(long number, URI node) throws InterruptedException {
        var request = HttpRequest.newBuilder(node.resolve("/v1/history/blocks/" + number))
                .header("Authorization", "Bearer " + cluster.ownKey());
        try {
            var answer = WholeAnswer.await(client.http(), request, PATIENCE, BlockFrame.MAX_BYTES);
            return answer.statusCode() == 200 ? Optional.of(Bytes.wrap(answer.body())) : Optional.empty();
        } catch (IOException e) {
            log.debug("history block not fetched number={} from={} cause=\"{}\"", number, node, e.toString());
            return Optional.empty();
        }
    }
}

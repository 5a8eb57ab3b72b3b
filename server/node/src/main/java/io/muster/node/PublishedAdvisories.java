package io.muster.node;

import io.muster.client.AdvisorySetDocument;
import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.ObjectTransfer;
import io.muster.handlers.FetchedSets;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sets of advisories that the cluster has published, as files for a worker.
public final class PublishedAdvisories implements FetchedSets.Source {
    /// A node that has lost its copy fetches it from another first.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(PublishedAdvisories.class);

    private final MusterClient client;

    /// @param servers addresses of nodes, any of which gives objects
    public PublishedAdvisories(List<String> servers, ApiKey key, HttpConnections transport) {
        client = new MusterClient(new ClientConfig(servers, PATIENCE), key, transport);
    }

    @Override
    public Optional<String> fetch(String digest, Path file) throws InterruptedException {
        try {
            AdvisorySetDocument set = client.advisorySet(digest);
            client.objects().download(new ObjectTransfer.FileName(set.digest(), set.bytes()), file);
            log.info("advisory set fetched database={} bytes={}", digest, set.bytes());
            return Optional.empty();
        } catch (MusterException | IOException e) {
            log.warn("advisory set not fetched database={} cause=\"{}\"", digest, e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

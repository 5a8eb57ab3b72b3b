package io.muster.node;

import io.muster.client.CertifyAnswer;
import io.muster.client.CertifyRequest;
import io.muster.client.ClientConfig;
import io.muster.client.JoinAnswer;
import io.muster.client.JoinRequest;
import io.muster.client.JoinToken;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.NodeId;
import io.muster.log.RemovedException;
import io.muster.log.StopException;
import io.muster.log.VoterId;
import io.muster.tls.CertificateFault;
import io.muster.tls.CertificateFolder;
import io.muster.tls.ServerTrust;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes an empty data folder that of a node which was invited, so that it can be started like any other.
///
/// ```
///   identity drawn ─▶ let in, added as a learner ─▶ certificate signed ─▶ secret, tls, muster.yaml ─▶ empty log
///   raft.voter         by the leader                 key made here          written here                ready
/// ```
///
/// Every step may be repeated: who was let in comes again under the same identity, so the same command goes on after
/// whatever interrupted it, and does nothing any more once the folder is ready.
public final class Joining {
    private static final Logger log = LoggerFactory.getLogger(Joining.class);

    /// The configuration that is written into the folder.
    private static final String CONFIGURATION = "muster.yaml";

    /// An election under way, and a leader that finishes another change first.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// One node of several that may hold the authority's key.
    private static final Duration PATIENCE_WITH_ONE = Duration.ofSeconds(10);

    private final JoinToken token;
    private final Wish wish;
    private final CertificateFolder certificates;

    /// How a node joins.
    ///
    /// @param data its data folder
    /// @param node where other nodes are to reach it, as `host:port`
    /// @param api where its API is to answer, as `host:port`
    /// @param aim what it is to become: `voter` or `learner`
    public record Wish(Path data, String node, String api, String aim) {
        public Wish {
            Address.parse("--node-address", node);
            Address.parse("--api", api);
        }
    }

    private Joining(JoinToken token, Wish wish) {
        this.token = token;
        this.wish = wish;
        certificates = new CertificateFolder(wish.data().resolve(TlsConfig.FOLDER));
    }

    /// Joins, and answers with the configuration to start with.
    ///
    /// @throws MusterException where the cluster does not let it in, or cannot be reached
    /// @throws ConfigException where the folder cannot be used
    /// @throws RemovedException where it is that of a member that was removed
    public static Path join(JoinToken token, Wish wish) throws InterruptedException {
        try {
            return new Joining(token, wish).join();
        } catch (IOException e) {
            throw new ConfigException("cannot make the data folder " + wish.data() + ": " + FileFailure.of(e));
        } catch (RemovedException e) {
            throw e;
        } catch (StopException | CertificateFault e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private Path join() throws IOException, InterruptedException {
        Path configuration = wish.data().resolve(CONFIGURATION);
        requireOwn(wish.data());
        PrivateFolder.make(wish.data(), PrivateFolder.NODE_LOCK);
        var cluster = ClusterId.parse(token.cluster());
        var engine = Engines.ofThisVersion();
        try (JoiningLog folder = engine.joining(wish.data(), cluster, new NodeId(token.node()))) {
            if (folder.isReady()) {
                log.info("joined before node={} data={}", token.node(), wish.data());
                return configuration;
            }
            try (var connections = connections()) {
                JoinAnswer answer = letIn(connections, folder.identity());
                if (!answer.authorities().isEmpty()) {
                    keepCertificate(connections, folder.identity(), answer);
                }
                keepSecret(answer);
                Files.writeString(configuration, new JoinedConfiguration(token.node(), wish, answer).text());
            }
            folder.begin();
            log.info("joined node={} cluster={} data={}", token.node(), token.cluster(), wish.data());
            return configuration;
        }
    }

    /// What lies there must be what an earlier try has left.
    private static void requireOwn(Path data) throws IOException {
        if (!Files.exists(data) || Files.exists(data.resolve("raft.voter"))) {
            return;
        }
        try (var found = Files.list(data)) {
            List<String> foreign = found.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(PrivateFolder.NODE_LOCK))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new ConfigException("the data folder " + data + " is not empty, it holds " + foreign.getFirst()
                        + ": a node joins with an empty folder, or one that is not there yet");
            }
        }
    }

    private HttpConnections connections() {
        if (token.authorities().isEmpty()) {
            return HttpConnections.with(token.servers());
        }
        return new HttpConnections(ServerTrust.in(
                token.authorities().stream().map(Base64.getDecoder()::decode).toList()));
    }

    private MusterClient client(HttpConnections connections, List<String> servers, Duration patience) {
        // No key is asked for; the invitation has the shape of one.
        var key = ApiKey.of("muster_" + token.invitation() + "_" + token.secret());
        return new MusterClient(new ClientConfig(servers, patience), key, connections);
    }

    private JoinAnswer letIn(HttpConnections connections, VoterId identity) throws InterruptedException {
        var request = new JoinRequest(
                token.cluster(),
                token.invitation(),
                token.secret(),
                token.node(),
                identity.toString(),
                wish.node(),
                wish.api(),
                wish.aim());
        Bytes said =
                client(connections, token.servers(), PATIENCE).write("/v1/cluster/members:join", Json.write(request));
        JoinAnswer answer = read(said, JoinAnswer.class);
        if (!answer.cluster().equals(token.cluster())) {
            throw new ConfigException("the cluster that answered is " + answer.cluster()
                    + ", and the invitation is for " + token.cluster());
        }
        return answer;
    }

    /// Asks the servers one after the other: not all hold the authority's key.
    private void keepCertificate(HttpConnections connections, VoterId identity, JoinAnswer answer)
            throws InterruptedException {
        if (Files.exists(certificates.of(token.node()).certificate())) {
            return;
        }
        var request = Json.write(new CertifyRequest(
                token.invitation(), token.secret(), identity.toString(), certificates.request(token.node())));
        var refusals = new ArrayList<String>();
        for (String server : token.servers()) {
            Optional<String> signed =
                    certificate(client(connections, List.of(server), PATIENCE_WITH_ONE), request, refusals);
            if (signed.isPresent()) {
                certificates.keepAnswer(token.node(), signed.get(), answer.authorities());
                return;
            }
        }
        throw new ConfigException("no node signs a certificate for " + token.node() + " (" + String.join("; ", refusals)
                + "): put ca.key beside ca.pem on one node for as long as this one joins, or make " + token.node()
                + ".pem and " + token.node() + ".key elsewhere and lay them, with ca.pem, into " + certificates.path()
                + "; then repeat this command");
    }

    private static Optional<String> certificate(MusterClient client, Bytes request, List<String> refusals)
            throws InterruptedException {
        try {
            return Optional.of(read(client.write("/v1/node:certify", request), CertifyAnswer.class)
                    .certificate());
        } catch (MusterException e) {
            refusals.add(String.valueOf(e.problem().detail()));
            return Optional.empty();
        }
    }

    private void keepSecret(JoinAnswer answer) throws IOException {
        Path file = wish.data().resolve(NodeConfig.SECRET_FILE);
        Files.deleteIfExists(file);
        KeyFile.createOnce(file, answer.secret());
    }

    private static <T> T read(Bytes json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (MalformedJsonException e) {
            throw new ConfigException("the cluster's answer cannot be read: " + e.getMessage());
        }
    }
}

package io.muster.node;

import io.muster.access.AccessCommand;
import io.muster.access.Identity;
import io.muster.access.KeyRecord;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.encoding.Bytes;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that come with a node: the one its own worker uses, and the first admin key of a new cluster.
///
/// A node tells the others its worker key's id and hash over the node port, where nodes are trusted; the leader grants
/// it in the log. The secret never leaves the node.
final class NodeKeys {
    private static final Logger log = LoggerFactory.getLogger(NodeKeys.class);

    /// The hello attribute that carries `<id>:<SHA-256 of the secret>`.
    static final String ATTRIBUTE = "worker-key";

    private final NodeConfig config;
    private final KeyText workerKey;

    NodeKeys(NodeConfig config) {
        this.config = config;
        workerKey = KeyFile.loadOrCreate(config.data().resolve("worker.key"));
    }

    KeyText workerKey() {
        return workerKey;
    }

    /// What this node says of its worker key to the others.
    Map<String, String> attributes() {
        return Map.of(
                ATTRIBUTE,
                workerKey.id() + ":" + HexFormat.of().formatHex(workerKey.hash().array()));
    }

    /// What the leader must see granted: each node's worker key, and an admin key while there is none at all.
    List<AccessCommand> toGrant(EngineStatus status, boolean hasAdmin) {
        var grants = new ArrayList<AccessCommand>();
        grants.add(new AccessCommand.AddKey(workerKey(config.self().id(), workerKey.id(), workerKey.hash())));
        for (EngineStatus.PeerStatus peer : status.peers()) {
            announced(peer).map(AccessCommand.AddKey::new).ifPresent(grants::add);
        }
        if (!hasAdmin) {
            grants.add(new AccessCommand.AddFirstKey(firstAdmin()));
        }
        return grants;
    }

    /// Which node's own key that is, as they tell each other over the node port.
    Optional<Identity.Known> identify(EngineStatus status, String keyId, Bytes hash) {
        var own = workerKey(config.self().id(), workerKey.id(), workerKey.hash());
        return Stream.concat(
                        Stream.of(own),
                        status.peers().stream().map(NodeKeys::announced).flatMap(Optional::stream))
                .filter(key -> key.id().equals(keyId)
                        && MessageDigest.isEqual(key.hash().array(), hash.array()))
                .map(key -> new Identity.Known(key.id(), key.principal(), key.role(), key.worker()))
                .findFirst();
    }

    private KeyRecord firstAdmin() {
        Path file = config.adminKey();
        KeyText key = KeyFile.loadOrCreate(file);
        log.info("first admin key file={} mode=0600 key={}", file, key.id());
        return new KeyRecord(key.id(), "admin", Role.ADMIN, "", key.hash(), "the first key of this cluster");
    }

    private static Optional<KeyRecord> announced(EngineStatus.PeerStatus peer) {
        String[] parts = peer.attributes().getOrDefault(ATTRIBUTE, "").split(":", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            Bytes hash = Bytes.wrap(HexFormat.of().parseHex(parts[1]));
            return Optional.of(workerKey(peer.id(), parts[0], hash));
        } catch (IllegalArgumentException e) {
            log.warn("worker key not granted node={} reason=\"{}\"", peer.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static KeyRecord workerKey(NodeId node, String id, Bytes hash) {
        return new KeyRecord(id, "node/" + node, Role.WORKER, node.value(), hash, "the node's own worker");
    }
}

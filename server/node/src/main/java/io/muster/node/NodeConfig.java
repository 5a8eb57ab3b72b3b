package io.muster.node;

import io.muster.encoding.Bytes;
import io.muster.encoding.Nearest;
import io.muster.encoding.Sha256;
import io.muster.log.ClusterId;
import io.muster.log.NodeId;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything a node is told at its start. `docs/configuration.md` lists the keys for people.
///
/// @param clusterName what people call the cluster
/// @param engine who orders the log, with its own settings
/// @param members all voters, this node among them, sorted by id
/// @param self this node
/// @param data the folder that holds the node's log, history and keys; one node, one folder
/// @param work what this node does as a worker
/// @param advisories the folder of advisories that audits match against; `""` for none
/// @param minFreeBytes with less room than this on the disk of `data` the node takes nothing new; 0 for no watch
/// @param adminKeyFile where the first admin key is written; `""` for `admin.key` in the data folder
/// @param secret where the cluster's secret is
/// @param maxLogBytes how large the log may grow
/// @param tls by what the node proves who it is
public record NodeConfig(
        String clusterName,
        EngineFactory engine,
        List<Member> members,
        Member self,
        Path data,
        Work work,
        String advisories,
        long minFreeBytes,
        String adminKeyFile,
        Secret secret,
        long maxLogBytes,
        TlsConfig tls) {
    /// More voters make every write slower and no cluster safer.
    public static final int MAX_MEMBERS = 9;

    /// The payloads that a full ledger holds: what was accepted can still be written down as finished.
    static final int DEFAULT_MIN_FREE_MEBIBYTES = 256;

    /// A tebibyte; more is a slip of the pen.
    private static final int MAX_MIN_FREE_MEBIBYTES = 1 << 20;

    /// A log that no snapshot cuts, since none can be written, must not take the whole disk from the rest of the
    /// machine.
    static final int DEFAULT_MAX_LOG_GIBIBYTES = 64;

    /// A pebibyte; more is a slip of the pen.
    private static final int MOST_LOG_GIBIBYTES = 1 << 20;

    /// The name of the secret's file where the configuration does not say.
    static final String SECRET_FILE = "cluster.secret";

    public NodeConfig {
        members = List.copyOf(members);
    }

    /// One voter.
    ///
    /// @param id its name for all time
    /// @param node where it talks to other nodes
    /// @param api where it answers HTTP
    public record Member(NodeId id, Address node, Address api) {}

    /// Where the cluster's secret is.
    ///
    /// @param file the file
    /// @param isGiven whether the configuration names it; otherwise it may be made there
    public record Secret(Path file, boolean isGiven) {}

    /// What a node does as a worker.
    ///
    /// @param slots how many jobs it runs at once; 0 makes it a node that only votes
    /// @param labels what jobs may ask for
    public record Work(int slots, Map<String, String> labels) {
        /// Two for each core of a small machine: most jobs wait for something.
        public static final int DEFAULT_SLOTS = 4;

        /// A worker's claims all stand in one exchange.
        static final int MAX_SLOTS = 1_024;

        public Work {
            labels = Map.copyOf(labels);
        }
    }

    /// Reads a document of maps, lists and scalars; `idOverride` replaces `node.id` where it is not empty.
    static NodeConfig read(Object document, String idOverride, Path folder) {
        var root = Section.root(document);
        var cluster = root.section("cluster");
        var node = root.section("node");
        String name = cluster.text("name", "muster");
        var engine = Engines.read(root, cluster);
        boolean hasTls = root.has("tls");
        var tls = root.section("tls");
        root.end();
        var members = members(cluster);
        String secretFile = cluster.text("secretFile", "");
        var secret = new Secret(
                folder.resolve(secretFile.isEmpty() ? SECRET_FILE : secretFile).normalize(), !secretFile.isEmpty());
        String id = idOverride.isEmpty() ? node.text("id", "") : idOverride;
        node.text("id", "");
        var work = new Work(
                node.whole("slots", Work.DEFAULT_SLOTS, 0, Work.MAX_SLOTS), new TreeMap<>(node.texts("labels")));
        var self = self(members, id);
        var config = new NodeConfig(
                name,
                engine,
                List.copyOf(members.values()),
                self,
                folder.resolve(node.text("data", "data/" + id)).normalize(),
                work,
                resolved(folder, node.text("advisories", "")),
                (long) node.whole("minFreeMebibytes", DEFAULT_MIN_FREE_MEBIBYTES, 0, MAX_MIN_FREE_MEBIBYTES) << 20,
                resolved(folder, node.text("adminKeyFile", "")),
                secret,
                (long) node.whole("maxLogGibibytes", DEFAULT_MAX_LOG_GIBIBYTES, 1, MOST_LOG_GIBIBYTES) << 30,
                hasTls ? TlsConfig.read(tls, self.id().value(), folder) : new TlsConfig.Off());
        cluster.end();
        node.end();
        return config;
    }

    /// This configuration with another data folder.
    public NodeConfig withData(Path folder) {
        return new NodeConfig(
                clusterName,
                engine,
                members,
                self,
                folder,
                work,
                advisories,
                minFreeBytes,
                adminKeyFile,
                secret,
                maxLogBytes,
                tls);
    }

    /// The id of the cluster that these nodes found: drawn from its name and theirs, so that every founder finds
    /// the same without asking, and two clusters of one name but other founders are told apart.
    ///
    /// Once it is founded its id stands in every data folder, and this list may come to name other nodes.
    public ClusterId foundingId() {
        var text = new StringBuilder(clusterName);
        members.forEach(member -> text.append('\n').append(member.id()));
        Bytes digest = Sha256.of(Bytes.utf8(text.toString()));
        return ClusterId.parse(HexFormat.of().formatHex(digest.array(), 0, 16));
    }

    /// Where the API of `member` answers.
    public URI apiUri(Member member) {
        return apiUri(member.api().toString());
    }

    /// The API at `address`, which is `host:port`.
    URI apiUri(String address) {
        return URI.create((tls instanceof TlsConfig.On ? "https://" : "http://") + address);
    }

    /// Where the first admin key is written.
    public Path adminKey() {
        return adminKeyFile.isEmpty() ? data.resolve("admin.key") : Path.of(adminKeyFile);
    }

    private static TreeMap<NodeId, Member> members(Section cluster) {
        var members = new TreeMap<NodeId, Member>();
        var addresses = new TreeSet<String>();
        for (Section item : cluster.sections("nodes")) {
            var id = nodeId("cluster.nodes[].id", item.requiredText("id"));
            var member = new Member(
                    id,
                    Address.parse("the node address of " + id, item.requiredText("node")),
                    Address.parse("the api address of " + id, item.requiredText("api")));
            item.end();
            if (members.put(id, member) != null) {
                throw new ConfigException("cluster.nodes names " + id + " twice");
            }
            for (Address address : List.of(member.node(), member.api())) {
                if (!addresses.add(address.toString())) {
                    throw new ConfigException("cluster.nodes gives " + address + " to two listeners");
                }
            }
        }
        if (members.isEmpty() || members.size() > MAX_MEMBERS) {
            throw new ConfigException("cluster.nodes must name 1 to " + MAX_MEMBERS + " nodes, not " + members.size());
        }
        return members;
    }

    private static Member self(TreeMap<NodeId, Member> members, String id) {
        if (id.isEmpty()) {
            if (members.size() == 1) {
                return members.firstEntry().getValue();
            }
            throw new ConfigException("say which of the nodes this is: --id or node.id, one of " + members.keySet());
        }
        var self = members.get(nodeId("node.id", id));
        if (self == null) {
            var names = members.keySet().stream().map(NodeId::value).toList();
            throw new ConfigException(
                    "node id '" + id + "' is not among cluster.nodes " + names + Nearest.hint(id, names));
        }
        return self;
    }

    private static NodeId nodeId(String key, String text) {
        try {
            return new NodeId(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage());
        }
    }

    private static String resolved(Path folder, String path) {
        return path.isEmpty() ? "" : folder.resolve(path).normalize().toString();
    }
}

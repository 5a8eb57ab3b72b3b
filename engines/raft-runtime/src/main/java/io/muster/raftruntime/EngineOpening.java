package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens what an engine stands on: the log in its folder, the node port, who it says it is.
final class EngineOpening {
    private static final Logger log = LoggerFactory.getLogger(EngineOpening.class);

    private EngineOpening() {}

    /// The log of a cluster that was founded; a node that is alone founds it now.
    static @Nullable SqliteLogStore log(DataFolder folder, RaftEngineSettings settings) {
        var size = SqliteLogStore.size(settings.maxLogBytes());
        if (folder.foundingStatus().isFounded()) {
            return SqliteLogStore.open(folder, size);
        }
        if (!settings.peers().isEmpty()) {
            return null;
        }
        var alone = new TreeMap<NodeId, VoterId>();
        alone.put(settings.identity().node(), folder.foundingStatus().identity());
        return SqliteLogStore.found(folder, Configuration.founding(alone), size);
    }

    static TcpTransport transport(RaftEngineSettings settings, DataFolder folder, @Nullable SqliteLogStore store) {
        var known = store == null ? new TreeMap<NodeId, Incarnation>() : store.peers();
        LocalIdentity own = store == null
                ? Founder.ownIdentity(settings, folder.foundingStatus())
                : identity(settings, folder, store);
        var network = new TcpTransport.Network(settings.listen(), settings.peers(), settings.security());
        return TcpTransport.open(network, known, own, new SystemClocks());
    }

    static LocalIdentity identity(RaftEngineSettings settings, DataFolder folder, SqliteLogStore store) {
        var identity = settings.identity();
        var sender = new Frame.Sender(identity.group(), identity.cluster(), store.incarnation());
        return new LocalIdentity(
                sender, new Introduction(settings.hello(), folder.foundingStatus(), store.runs()), settings.secret());
    }

    /// Says it where the configuration file and the log name different nodes: the log is right, and the file is what
    /// the cluster was founded with.
    static void compareMembers(RaftEngineSettings settings, Configuration stored) {
        var configured = settings.voters().voters();
        if (!stored.members().isEmpty() && !stored.members().equals(configured)) {
            log.info(
                    "members are those of the log node={} log={} configuration={}",
                    settings.identity().node(),
                    stored.members(),
                    configured);
        }
    }
}

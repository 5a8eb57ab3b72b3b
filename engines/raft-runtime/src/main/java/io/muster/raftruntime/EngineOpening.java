package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Opens what an engine stands on: the log in its folder, the node port, who it says it is.
final class EngineOpening {
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

    /// The log in a folder must be of those who were configured and of those who founded it.
    static void requireVoters(RaftEngineSettings settings, DataFolder folder, Configuration stored) {
        if (!stored.voters().equals(settings.voters().voters())) {
            throw new EngineException("the log in " + settings.folder() + " says that " + stored.voters()
                    + " vote, the configuration says " + settings.voters().voters()
                    + ": voters cannot be changed by configuration; give the node the peers it was begun with");
        }
        if (!stored.identities().equals(folder.foundingStatus().founders())) {
            throw new EngineException("the log in " + settings.folder() + " was founded by " + stored.identities()
                    + ", and its folder by " + folder.foundingStatus().founders() + ": " + SqliteFile.LOST_FOLDER);
        }
    }
}

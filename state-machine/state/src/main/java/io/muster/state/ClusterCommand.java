package io.muster.state;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The commands that the cluster gives itself; a leader's duties propose them.
public sealed interface ClusterCommand extends LogCommand {
    @Override
    default CommandKind<ClusterCommand> kind() {
        return ClusterCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return ClusterCommands.encode(this);
    }

    /// Nothing but the passing of time: an idle cluster still has retries that fall due.
    record Tick() implements ClusterCommand {}

    /// What the voters found as the digest of their state after the entry at `index`. A node that found another one
    /// than a majority of the voters stops, the leader too; without a majority nobody is known to be wrong.
    ///
    /// @param voters how many vote, whether or not they have told their digest
    /// @param digests what those voters found that have told it, at most [#MAX_VOTERS]
    record CheckDigest(long index, int voters, SortedMap<NodeId, Long> digests) implements ClusterCommand {
        /// Far more voters than any cluster has.
        public static final int MAX_VOTERS = 64;

        public CheckDigest {
            digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
            if (voters < 1 || voters > MAX_VOTERS || digests.size() > voters) {
                throw new IllegalArgumentException(
                        digests.size() + " digests of " + voters + " voters: there are 1 to " + MAX_VOTERS + " voters");
            }
        }

        @Override
        public String summary() {
            return "at entry " + index + ", of " + digests.size() + " of " + voters + " voters";
        }

        /// The digest that a majority of the voters found.
        public Optional<Long> agreed() {
            var counts = new HashMap<Long, Integer>();
            for (long digest : digests.values()) {
                if (counts.merge(digest, 1, Integer::sum) * 2 > voters) {
                    return Optional.of(digest);
                }
            }
            return Optional.empty();
        }
    }

    /// Lets commands of a newer version into the log, once every voter understands them. It never falls.
    record RaiseFeatureLevel(int level) implements ClusterCommand {
        /// A level a release: this lasts.
        public static final int MAX_LEVEL = 65_535;

        public RaiseFeatureLevel {
            if (level < 1 || level > MAX_LEVEL) {
                throw new IllegalArgumentException(
                        "a feature level of " + level + " is out of range: use 1 to " + MAX_LEVEL);
            }
        }

        @Override
        public String summary() {
            return "to " + level;
        }
    }
}

package io.muster.jobs;

import java.util.LinkedHashSet;
import java.util.Set;

/// The lanes of one queue that ask the same of a worker: a handler and labels.
final class Demand {
    /// What is asked, and in which queue, since queues have rules about who serves them.
    record Key(String queue, String type, Labels labels) {
        static Key of(LaneKey lane) {
            return new Key(lane.queue(), lane.type(), lane.labels());
        }
    }

    final Key key;
    final Set<Lane> lanes = new LinkedHashSet<>();

    /// Where it belongs as the cluster stands.
    Pool pool;

    Demand(Key key, Pool pool) {
        this.key = key;
        this.pool = pool;
    }
}

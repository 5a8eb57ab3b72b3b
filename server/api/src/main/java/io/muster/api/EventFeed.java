package io.muster.api;

import io.muster.jobs.JobEvent;
import io.muster.state.Change;

/// Hears every change of the state, and passes it on while somebody listens to events. Called on the
/// state's thread, so it does next to nothing: turning a change into text is left to the streams.
final class EventFeed implements Change.Listener {
    private final EventHub hub;
    private final ClusterPort cluster;
    private final NodeMetrics metrics;

    private final FinishWatch finishes;

    EventFeed(EventHub hub, ClusterPort cluster, NodeMetrics metrics, FinishWatch finishes) {
        this.finishes = finishes;
        this.hub = hub;
        this.cluster = cluster;
        this.metrics = metrics;
    }

    @Override
    public void changed(long index, int number, long micros, Change change) {
        if (change instanceof Change.NewTerm) {
            metrics.leaderChanged();
        }
        if (change instanceof Change.InJobs(JobEvent.Finished(var job, var _))) {
            finishes.finished(job.id());
        }
        if (hub.isWanted()) {
            hub.publish(LiveEvent.of(new EventId(cluster.lineage(), index, number), micros, change));
        }
    }

    /// What happened meanwhile is not known one by one: streams start over, and requests look again.
    @Override
    public void installed(long index) {
        hub.skip();
        finishes.lookAgain();
    }
}

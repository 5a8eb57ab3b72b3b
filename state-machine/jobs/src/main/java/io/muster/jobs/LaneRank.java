package io.muster.jobs;

/// Where a lane stands among the lanes of its group, or a group among those of its queue.
///
/// @param priority of its front job
/// @param frontId its front job: the oldest of that priority
/// @param oldestId its oldest job of any priority
record LaneRank(int priority, long frontId, long oldestId) {
    /// Of what has not taken a place yet.
    static final LaneRank NONE = new LaneRank(0, 0, 0);

    /// Whether a job that comes in gives its lane another place; nearly always it does not.
    boolean isChangedBy(Job job) {
        int coming = job.spec.priority();
        long id = job.id.value();
        return coming > priority || (coming == priority && id < frontId) || id < oldestId;
    }

    /// Whether the place was given by `job`, which has left.
    boolean isChangedWithout(Job job) {
        long id = job.id.value();
        return id == frontId || id == oldestId;
    }

    /// Before all others the front job of the highest priority, of those the oldest.
    static int byPriority(LaneRank one, LaneRank other) {
        int byPriority = Integer.compare(other.priority, one.priority);
        return byPriority != 0 ? byPriority : Long.compare(one.frontId, other.frontId);
    }

    static int byAge(LaneRank one, LaneRank other) {
        return Long.compare(one.oldestId, other.oldestId);
    }
}

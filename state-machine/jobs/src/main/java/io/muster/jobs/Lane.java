package io.muster.jobs;

import io.muster.encoding.InvariantViolation;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The waiting jobs that the same workers can be given. Assignment looks only at its front.
final class Lane {
    private final LaneKey key;
    private final JobQueue queue;
    private final TreeMap<Integer, PriorityBucket> buckets = new TreeMap<>(Collections.reverseOrder());

    /// Those of its jobs that are quarantined, oldest first.
    private final TreeMap<JobId, Job> quarantined = new TreeMap<>();

    /// The placement of the job that came last; nearly all jobs of a lane have the same priority.
    private JobSpec.Placement placement;

    private int waiting;

    /// Live jobs of this key, waiting or not; the lane is forgotten at 0.
    int members;

    /// What it asks for, and where it waits; null before and after it is among the [Pools].
    @Nullable Demand demand;

    @Nullable ConcurrencyGroup group;

    /// Its place in its group, as it was when it took it.
    private LaneRank rank = LaneRank.NONE;

    Lane(LaneKey key, JobQueue queue) {
        this.key = key;
        this.queue = queue;
        placement = key.placement(JobSpec.DEFAULT_PRIORITY);
    }

    LaneKey key() {
        return key;
    }

    JobQueue queue() {
        return queue;
    }

    /// The same spec holding this lane's objects, so that a million jobs of it do not hold a million copies of
    /// its names.
    JobSpec share(JobSpec spec) {
        if (placement.priority() != spec.priority()) {
            placement = key.placement(spec.priority());
        }
        return new JobSpec(key.type(), spec.payload(), placement, spec.timing(), spec.keys());
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    Demand demand() {
        return entered(demand);
    }

    ConcurrencyGroup group() {
        return entered(group);
    }

    Pool pool() {
        return demand().pool;
    }

    /// Those of its jobs that are quarantined.
    NavigableMap<JobId, Job> quarantined() {
        return quarantined;
    }

    LaneRank rank() {
        return rank;
    }

    void addQuarantined(Job job) {
        waiting++;
        quarantined.put(job.id, job);
    }

    void removeQuarantined(Job job) {
        waiting--;
        quarantined.remove(job.id);
    }

    void add(Job job) {
        waiting++;
        buckets.computeIfAbsent(job.spec.priority(), _ -> new PriorityBucket()).add(job);
    }

    void remove(Job job) {
        PriorityBucket bucket = job.bucket();
        if (bucket == null) {
            throw new InvariantViolation("a job that leaves a lane waits in it");
        }
        waiting--;
        bucket.remove(job);
        if (bucket.isEmpty()) {
            buckets.remove(job.spec.priority());
        }
    }

    /// How many jobs wait in it, quarantined ones included.
    int waiting() {
        return waiting;
    }

    /// The job that waits longest, quarantined or not. Called only while one waits.
    Job oldestWaiting() {
        Job alone = quarantined.isEmpty() ? null : quarantined.firstEntry().getValue();
        if (buckets.isEmpty() && alone != null) {
            return alone;
        }
        Job among = oldest();
        return alone == null || among.id.compareTo(alone.id) < 0 ? among : alone;
    }

    /// The job of the highest priority, of those the oldest.
    Job front() {
        return frontOf(buckets.firstEntry().getValue());
    }

    /// The oldest job, whatever its priority.
    Job oldest() {
        return frontOf(oldestBucket());
    }

    /// Whether `job`, which has come in, gives the lane another place among others; nearly always it does not.
    boolean isMovedBy(Job job) {
        return rank.isChangedBy(job);
    }

    /// Whether the lane has lost the job that gave it its place, `job`.
    boolean isMovedWithout(Job job) {
        return rank.isChangedWithout(job);
    }

    /// Notes its place in its group; called only while it has none.
    void takePlace() {
        var front = buckets.firstEntry();
        rank = new LaneRank(
                front.getKey(), front.getValue().frontId(), oldestBucket().frontId());
    }

    private static <T> T entered(@Nullable T place) {
        if (place == null) {
            throw new InvariantViolation("a lane in which a job waits has a place in a pool");
        }
        return place;
    }

    private PriorityBucket oldestBucket() {
        PriorityBucket oldest = buckets.firstEntry().getValue();
        for (PriorityBucket bucket : buckets.values()) {
            oldest = bucket.frontId() < oldest.frontId() ? bucket : oldest;
        }
        return oldest;
    }

    private static Job frontOf(PriorityBucket bucket) {
        Job front = bucket.oldest();
        if (front == null) {
            throw new InvariantViolation("an empty bucket is taken out of its lane");
        }
        return front;
    }
}

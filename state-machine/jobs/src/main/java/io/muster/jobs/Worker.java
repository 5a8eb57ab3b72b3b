package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A worker as the ledger knows it. Changed only by [Workers], which files it anew in its
/// [WorkerClass], where the order by load is kept.
final class Worker {
    /// A process that ended this many joins ago does not come back: a supervisor that restarts a process each second
    /// takes a minute to get there, and a process that was replaced hears of it within a beat.
    static final int REMEMBERED_INCARNATIONS = 64;

    static final int FULL_TRUST = Integer.MAX_VALUE;

    final NodeId id;
    final TreeMap<JobId, Job> claims = new TreeMap<>();

    /// Processes of this name that a later one has ended, latest last.
    final ArrayDeque<Long> ended = new ArrayDeque<>();

    long incarnation;
    WorkerState state = WorkerState.ACTIVE;

    /// Why it is in that state, for people; `""` where the state says it all.
    String reason = "";

    /// Log time of the last change of its state.
    long sinceMicros;

    /// Whether its one claim is a quarantined job.
    boolean runsQuarantined;

    /// Those that can run the same; null while it is gone.
    @Nullable WorkerClass workerClass;

    /// How many jobs it is trusted with at once, however many slots it offers; [#FULL_TRUST] unless it lost runs
    /// lately.
    int trust = FULL_TRUST;

    /// How often its runs were lost lately, and the elapsed time of the last time.
    int setbacks;

    long setbackElapsedMicros;

    /// The elapsed time at which a process of this name was replaced that was still at work; 0 for never.
    long takeoverElapsedMicros;

    private Capacity capacity;
    private Set<String> handlers;

    Worker(NodeId id, long incarnation, Capacity capacity, long sinceMicros) {
        this.id = id;
        this.incarnation = incarnation;
        this.capacity = capacity;
        this.handlers = Set.copyOf(capacity.handlers());
        this.sinceMicros = sinceMicros;
    }

    /// The process `next` goes by its name from now on; the one before is over.
    void begin(long next, Capacity capacity) {
        if (next != incarnation) {
            ended.addLast(incarnation);
            if (ended.size() > REMEMBERED_INCARNATIONS) {
                ended.removeFirst();
            }
        }
        incarnation = next;
        changeCapacity(capacity);
    }

    void changeState(WorkerState next, String why, long nowMicros) {
        state = next;
        reason = why;
        sinceMicros = nowMicros;
    }

    Capacity capacity() {
        return capacity;
    }

    void changeCapacity(Capacity next) {
        capacity = next;
        handlers = Set.copyOf(next.handlers());
    }

    /// Whether it could run jobs of this key, slots and rules aside.
    boolean isCapableOf(LaneKey key) {
        return handles(key.type()) && capacity.labels().cover(key.labels());
    }

    boolean handles(String type) {
        return handlers.contains(type);
    }

    boolean isGone() {
        return state.isGone();
    }

    /// How many jobs it is given at once at most.
    int slots() {
        return Math.min(trust, capacity.slots());
    }

    boolean isOnProbation() {
        return trust != FULL_TRUST;
    }

    /// Whether it offers to work, suspended or not.
    boolean isThere() {
        return !isGone() && capacity.intake() == Capacity.Intake.OPEN && capacity.slots() > 0;
    }

    /// Whether it takes new work at all.
    boolean isTaking() {
        return state == WorkerState.ACTIVE && isThere();
    }

    /// Whether it could be given one more job now, if it takes work.
    boolean hasRoom() {
        return claims.size() < slots() && !runsQuarantined;
    }

    boolean isIdle() {
        return claims.isEmpty();
    }

    /// Those on probation last; then the lowest share of its slots in use first, then by name.
    static int byLoad(Worker one, Worker other) {
        int byTrust = Boolean.compare(one.isOnProbation(), other.isOnProbation());
        if (byTrust != 0) {
            return byTrust;
        }
        int byLoad = Long.compare((long) one.claims.size() * other.slots(), (long) other.claims.size() * one.slots());
        return byLoad != 0 ? byLoad : one.id.compareTo(other.id);
    }

    /// Those on probation last; then the longest in its state first, then by name.
    static int byPreference(Worker one, Worker other) {
        int byTrust = Boolean.compare(one.isOnProbation(), other.isOnProbation());
        if (byTrust != 0) {
            return byTrust;
        }
        int bySince = Long.compare(one.sinceMicros, other.sinceMicros);
        return bySince != 0 ? bySince : one.id.compareTo(other.id);
    }
}

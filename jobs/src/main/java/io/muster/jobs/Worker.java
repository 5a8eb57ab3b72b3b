package io.muster.jobs;

import io.muster.cluster.NodeId;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeMap;

/// A worker as the ledger knows it. Changed only by [Workers], which keeps the order by load.
final class Worker {
    /// A process that ended this many joins ago does not come back.
    static final int REMEMBERED_INCARNATIONS = 8;

    final NodeId id;
    final TreeMap<JobId, Job> claims = new TreeMap<>();

    /// Processes of this name that a later one has ended, latest last.
    final ArrayDeque<Long> ended = new ArrayDeque<>();

    long incarnation;
    WorkerStanding standing = WorkerStanding.ACTIVE;

    /// Why it stands so, for people; `""` where the standing says it all.
    String reason = "";

    /// Log time of the last change of its standing.
    long sinceMicros;

    /// Whether a job that must run alone is among its claims.
    boolean runsSolo;

    private Offer offer;
    private Set<String> handlers;

    Worker(NodeId id, long incarnation, Offer offer, long sinceMicros) {
        this.id = id;
        this.incarnation = incarnation;
        this.offer = offer;
        this.handlers = Set.copyOf(offer.handlers());
        this.sinceMicros = sinceMicros;
    }

    Offer offer() {
        return offer;
    }

    void offer(Offer next) {
        offer = next;
        handlers = Set.copyOf(next.handlers());
    }

    /// Whether it could run jobs of this key, slots and rules aside.
    boolean isCapableOf(LaneKey key) {
        return handles(key.type()) && offer.labels().cover(key.labels());
    }

    boolean handles(String type) {
        return handlers.contains(type);
    }

    boolean isGone() {
        return standing.isGone();
    }

    /// Whether it takes new work at all.
    boolean isTaking() {
        return standing == WorkerStanding.ACTIVE && offer.intake() == Offer.Intake.OPEN && offer.slots() > 0;
    }

    boolean isIdle() {
        return claims.isEmpty();
    }

    /// Lowest share of its slots in use first, then by name.
    static int byLoad(Worker one, Worker other) {
        int byLoad = Long.compare(
                (long) one.claims.size() * other.offer.slots(), (long) other.claims.size() * one.offer.slots());
        return byLoad != 0 ? byLoad : one.id.compareTo(other.id);
    }
}

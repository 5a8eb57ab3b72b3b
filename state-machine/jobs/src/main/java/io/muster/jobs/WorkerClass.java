package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Workers that can run the same jobs: same handlers, same labels; the leader is a class by itself, since
/// queues may keep it from working. Clusters of hundreds of workers have few classes, and all questions
/// about a job are asked of classes.
final class WorkerClass {
    /// What its workers have in common; `leader` is the leader's name in its own class and `""` elsewhere.
    record Key(List<String> handlers, Labels labels, String leader) {
        static Key of(Worker worker, @Nullable NodeId leader) {
            String leads = worker.id.equals(leader) ? worker.id.value() : "";
            return new Key(worker.capacity().handlers(), worker.capacity().labels(), leads);
        }
    }

    /// Which of its workers somebody asks about.
    enum Subset {
        /// Those that take work.
        TAKING,
        /// Those of them that run no quarantined job.
        SHARED,
        /// Those that take work and are not on probation.
        PROVEN,
        /// Those of them that run no quarantined job.
        PROVEN_SHARED;

        boolean covers(Worker worker) {
            boolean isProven = !worker.isOnProbation();
            return worker.isTaking()
                    && switch (this) {
                        case TAKING -> true;
                        case SHARED -> !worker.runsQuarantined;
                        case PROVEN -> isProven;
                        case PROVEN_SHARED -> isProven && !worker.runsQuarantined;
                    };
        }
    }

    final Key key;
    final TreeMap<NodeId, Worker> members = new TreeMap<>();

    /// Those with a free slot, least loaded first.
    final TreeSet<Worker> free = new TreeSet<>(Worker::byLoad);

    /// Those that hold nothing and are not kept for a certain job, longest in their state first.
    final TreeSet<Worker> idle = new TreeSet<>(Worker::byPreference);

    /// The pools whose lanes it could serve.
    final Set<Pool> pools = new LinkedHashSet<>();

    private final Set<String> handlers;
    private int there;
    private int taking;
    private int shared;
    private int proven;
    private int provenShared;

    WorkerClass(Key key) {
        this.key = key;
        handlers = Set.copyOf(key.handlers());
    }

    boolean isLeader() {
        return !key.leader().isEmpty();
    }

    boolean isCapableOf(String type, Labels labels) {
        return handlers.contains(type) && key.labels().cover(labels);
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    /// Whether anyone of it offers to work, suspended or not.
    boolean isThere() {
        return there > 0;
    }

    /// How many of its workers belong to `part`.
    int count(Subset part) {
        return switch (part) {
            case TAKING -> taking;
            case SHARED -> shared;
            case PROVEN -> proven;
            case PROVEN_SHARED -> provenShared;
        };
    }

    /// Takes note of a member as it is now; [#strike] comes before anything about it changes.
    void file(Worker worker, boolean isReserved) {
        note(worker, 1);
        if (worker.isTaking() && !isReserved) {
            if (worker.isIdle()) {
                idle.add(worker);
            }
            if (worker.hasRoom()) {
                free.add(worker);
            }
        }
    }

    /// Forgets what [#file] noted.
    void strike(Worker worker) {
        note(worker, -1);
        idle.remove(worker);
        free.remove(worker);
    }

    private void note(Worker worker, int change) {
        there += worker.isThere() ? change : 0;
        taking += Subset.TAKING.covers(worker) ? change : 0;
        shared += Subset.SHARED.covers(worker) ? change : 0;
        proven += Subset.PROVEN.covers(worker) ? change : 0;
        provenShared += Subset.PROVEN_SHARED.covers(worker) ? change : 0;
    }
}

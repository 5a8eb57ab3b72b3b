package io.muster.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Which workers an affinity prefers: the first few that follow it on a ring of the workers' names (consistent hashing,
/// Karger et al. 1997). It depends on the names alone, so that jobs of one affinity come back to the same worker, and a
/// worker that comes or goes moves few affinities.
final class PreferredWorkers {
    /// How many an affinity has. When all of these are full, closeness means nothing and load decides.
    static final int COUNT = 4;

    /// Places of each worker on the ring, so that the gaps between workers, and with them their shares, even out.
    private static final int PLACES = 16;

    private final long[] places;
    private final Worker[] workers;

    private record Place(long at, Worker worker) {}

    private PreferredWorkers(List<Place> ring) {
        places = ring.stream().mapToLong(Place::at).toArray();
        workers = ring.stream().map(Place::worker).toArray(Worker[]::new);
    }

    static PreferredWorkers among(Collection<Worker> workers) {
        var ring = new ArrayList<Place>(workers.size() * PLACES);
        for (Worker worker : workers) {
            long seed = spread(worker.id.value());
            for (int i = 0; i < PLACES; i++) {
                ring.add(new Place(RetryPolicy.mix(seed + i), worker));
            }
        }
        ring.sort((one, other) ->
                one.at != other.at ? Long.compare(one.at, other.at) : one.worker.id.compareTo(other.worker.id));
        return new PreferredWorkers(ring);
    }

    /// The preferred of `affinity`, the first choice first.
    List<Worker> of(String affinity) {
        var preferred = new ArrayList<Worker>(COUNT);
        int found = Arrays.binarySearch(places, spread(affinity));
        int start = found >= 0 ? found : -found - 1;
        int looks = Math.min(places.length, COUNT * PLACES);
        for (int i = 0; i < looks && preferred.size() < COUNT; i++) {
            Worker next = workers[(start + i) % workers.length];
            if (!preferred.contains(next)) {
                preferred.add(next);
            }
        }
        return preferred;
    }

    private static long spread(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return RetryPolicy.mix(hash);
    }
}

package io.muster.handlers;

import io.muster.audits.AuditPayload;
import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.AdvisoryStore;
import io.muster.catalog.DatabaseSnapshot;
import io.muster.encoding.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sets that the cluster has published, each fetched when the first audit names it; and one beside them that the
/// worker was given.
///
/// A set stays open while a run asks it. Of those that none asks the last few stay, also as files: the next audit most
/// likely names the same.
public final class FetchedSets implements AdvisorySets, AutoCloseable {
    /// Sets that stay open although no run asks them: each is a mapped file.
    private static final int MAX_IDLE = 2;

    private final @Nullable AdvisoryDatabase own;
    private final AdvisoryStore store;
    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();

    /// By digest, the one that was asked last at the end.
    private final LinkedHashMap<String, Open> open = new LinkedHashMap<>();

    /// A set that is open, and how many runs ask it.
    private static final class Open {
        private final AdvisoryDatabase database;
        private int users;

        private Open(AdvisoryDatabase database) {
            this.database = database;
        }
    }

    /// Where sets come from.
    @FunctionalInterface
    public interface Source {
        /// Writes the file of the set with that digest to `file`; empty, or why not.
        Optional<String> fetch(String digest, Path file) throws InterruptedException;
    }

    /// @param own the set that the worker was given; null for none
    /// @param folder where files of sets are kept; it need not exist
    public FetchedSets(@Nullable AdvisoryDatabase own, Path folder, Source source) {
        this.own = own;
        this.store = AdvisoryStore.at(folder);
        this.source = source;
    }

    @Override
    public Map<String, String> labels() {
        var labels = new HashMap<>(Map.of(AuditPayload.FETCHES_LABEL, AuditPayload.FETCHES));
        if (own != null) {
            labels.put(AuditPayload.DATABASE_LABEL, AuditPayload.label(AdvisorySets.bare(own.digest())));
        }
        return Map.copyOf(labels);
    }

    @Override
    public <T> Answer<T> with(String digest, Function<AdvisoryDatabase, T> use) throws InterruptedException {
        if (own != null && AdvisorySets.bare(own.digest()).equals(digest)) {
            return new Answer.Of<>(use.apply(own));
        }
        Open set;
        try {
            set = take(digest);
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            return new Answer.Missing<>(String.valueOf(e.getMessage()));
        }
        try {
            return new Answer.Of<>(use.apply(set.database));
        } finally {
            giveBack(set);
        }
    }

    /// Runs that need the same set wait for the one that fetches it.
    private Open take(String digest) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Open known = open.remove(digest);
            Open set = known == null ? new Open(opened(digest)) : known;
            set.users++;
            open.put(digest, set);
            return set;
        } finally {
            lock.unlock();
        }
    }

    private AdvisoryDatabase opened(String digest) throws IOException, InterruptedException {
        Optional<AdvisoryDatabase> kept = store.openKept(digest);
        if (kept.isPresent()) {
            return kept.get();
        }
        Path file = store.incoming(digest);
        Optional<String> failure = source.fetch(digest, file);
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
        var set = store.adopt(digest, file);
        dropOlder();
        return set;
    }

    /// What earlier starts have left, the newest excepted.
    private void dropOlder() throws IOException {
        for (DatabaseSnapshot kept : store.snapshots().stream().skip(MAX_IDLE).toList()) {
            String digest = AdvisorySets.bare(kept.digest());
            if (!open.containsKey(digest)) {
                store.drop(digest);
            }
        }
    }

    private void giveBack(Open set) {
        lock.lock();
        try {
            set.users--;
            int idle =
                    (int) open.values().stream().filter(each -> each.users == 0).count();
            for (var oldest = open.entrySet().iterator(); idle > MAX_IDLE && oldest.hasNext(); ) {
                var entry = oldest.next();
                if (entry.getValue().users == 0) {
                    entry.getValue().database.close();
                    oldest.remove();
                    idle--;
                    drop(entry.getKey());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(String digest) {
        try {
            store.drop(digest);
        } catch (IOException e) {
            // Its file stays, and is good for the next audit that names it.
        }
    }

    /// Closes what is open; the runs have ended.
    @Override
    public void close() {
        lock.lock();
        try {
            open.values().forEach(set -> set.database.close());
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}

package io.muster.log;

import io.muster.log.CommittedBatch.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An applier that remembers everything it is told, answers each proposal with its place in the log, and lets a test
/// wait for what it is told.
public final class RecordingApplier implements Applier {
    /// Long enough for a machine that is busy with something else; nothing here waits for it in vain when all is well.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Entry> entries = new ArrayList<>();
    private final List<CommittedBatch> batches = new ArrayList<>();
    private final List<Leadership> leaderships = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private @Nullable RuntimeException refusal;
    private final List<SnapshotMeta> installs = new ArrayList<>();
    private long appliedIndex;
    private long appliedTerm;
    private LogTime appliedTime = LogTime.ZERO;

    /// A command as it was applied.
    ///
    /// @param index its place in the log
    /// @param term the term it was appended in
    /// @param micros its log time
    /// @param command its body, read as text
    public record Entry(long index, long term, long micros, String command) {}

    /// The answer to a proposal: where it stands.
    public record Placed(long index) implements Reply {}

    @Override
    public void deliver(CommittedBatch batch) {
        locked(() -> {
            if (refusal != null) {
                throw refusal;
            }
            batches.add(batch);
            if (batch.content() instanceof Content.Commands(var body)) {
                long index = batch.firstIndex();
                for (Envelope envelope : Entries.split(body, batch.count())) {
                    entries.add(new Entry(
                            index++,
                            batch.term(),
                            batch.time().micros(),
                            envelope.body().text()));
                }
            }
            appliedIndex = batch.lastIndex();
            appliedTerm = batch.term();
            appliedTime = batch.time();
        });
        long index = batch.firstIndex();
        for (Proposal proposal : batch.proposals()) {
            proposal.completed(new Outcome.Applied(index, new Placed(index)));
            index++;
        }
    }

    @Override
    public void freeze(Consumer<FrozenState> answer) {
        lock.lock();
        try {
            answer.accept(new FrozenEntries(List.copyOf(entries), appliedIndex, appliedTerm, appliedTime));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void install(SnapshotMeta meta, SnapshotReader reader) {
        try (reader) {
            List<Entry> found = FrozenEntries.read(reader);
            locked(() -> {
                entries.clear();
                entries.addAll(found);
                installs.add(meta);
                appliedIndex = meta.lastIndex();
                appliedTerm = meta.lastTerm();
                appliedTime = meta.lastTime();
            });
        }
    }

    /// The snapshots that were installed here, oldest first.
    public List<SnapshotMeta> installs() {
        lock.lock();
        try {
            return List.copyOf(installs);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long appliedIndex() {
        lock.lock();
        try {
            return appliedIndex;
        } finally {
            lock.unlock();
        }
    }

    /// It is never wrong.
    @Override
    public long comparedIndex() {
        return appliedIndex();
    }

    @Override
    public int featureLevel() {
        return 1;
    }

    @Override
    public void leadershipChanged(Leadership leadership) {
        locked(() -> leaderships.add(leadership));
    }

    @Override
    public void engineStopped(String reason) {
        locked(() -> stops.add(reason));
    }

    /// Takes no batch from now on, and throws this instead.
    public void refuse(RuntimeException reason) {
        locked(() -> refusal = reason);
    }

    /// What has been applied so far.
    public List<Entry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /// The batches as they came.
    public List<CommittedBatch> batches() {
        lock.lock();
        try {
            return List.copyOf(batches);
        } finally {
            lock.unlock();
        }
    }

    /// Why the engine stopped; empty while it has not.
    public List<String> stops() {
        lock.lock();
        try {
            return List.copyOf(stops);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything up to `index` is applied here.
    public void awaitApplied(long index) {
        await("index " + index + " is applied", applier -> applier.appliedIndex >= index);
    }

    /// Waits until the engine says that it stopped, and answers why.
    public String awaitStop() {
        await("the engine stops", applier -> !applier.stops.isEmpty());
        return stops().getFirst();
    }

    /// Waits until the last leadership that was announced is as `wanted`.
    public void awaitLeadership(Predicate<Leadership> wanted) {
        await(
                "leadership changes",
                applier -> !applier.leaderships.isEmpty() && wanted.test(applier.leaderships.getLast()));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String what, Predicate<RecordingApplier> condition) {
        long rest = PATIENCE.toNanos();
        lock.lock();
        try {
            while (!condition.test(this)) {
                if (rest <= 0) {
                    throw new AssertionError("waited in vain until " + what + "; applied " + appliedIndex
                            + ", leaderships " + leaderships + ", stops " + stops);
                }
                rest = news.awaitNanos(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting until " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /// How long a test may wait for one thing.
    static long patienceMillis() {
        return TimeUnit.NANOSECONDS.toMillis(PATIENCE.toNanos());
    }
}

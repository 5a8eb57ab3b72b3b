package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.LogTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log as consensus sees it: the term of every entry, the newest batches, the configurations, and how far it is
/// durable here and committed in the cluster.
///
/// It is what the disk *will* hold once every write asked for is done; [#durableIndex] says how much of it the disk
/// holds already.
final class RaftLog {
    private final TermSpans spans;
    private final BatchWindow window;
    private final ArrayList<StoredConfiguration> configurations;
    private LogTime lastTime;
    private long durableIndex;
    private long commitIndex;

    /// What a snapshot covers was committed: commit begins there, not at 0 (T28).
    RaftLog(Restored restored, long windowBytes) {
        spans = new TermSpans(restored.base(), restored.spans(), restored.lastIndex());
        window = new BatchWindow(windowBytes);
        restored.tail().forEach(window::add);
        configurations = new ArrayList<>();
        configurations.add(restored.base().configuration());
        configurations.addAll(restored.configurations());
        lastTime = restored.lastTime();
        durableIndex = restored.lastIndex();
        if (restored.snapshots().isEmpty()) {
            return;
        }
        var newest = restored.snapshots().getLast();
        if (spans.holds(newest.lastIndex(), newest.lastTerm())) {
            commitIndex = newest.lastIndex();
        }
    }

    /// Where the log begins.
    LogStart base() {
        return spans.base();
    }

    long lastIndex() {
        return spans.lastIndex();
    }

    long lastTerm() {
        return spans.lastTerm();
    }

    /// Log time of the last entry, or a later instant after a cut.
    LogTime lastTime() {
        return lastTime;
    }

    /// The last entry that is synced here.
    long durableIndex() {
        return durableIndex;
    }

    /// The last entry known to be committed.
    long commitIndex() {
        return commitIndex;
    }

    TermSpans terms() {
        return spans;
    }

    BatchWindow window() {
        return window;
    }

    /// The configuration in force: the newest in the log, committed or not (Raft §6).
    Configuration configuration() {
        return configurations.getLast().configuration();
    }

    /// The configuration in force, and where it stands.
    StoredConfiguration storedConfiguration() {
        return configurations.getLast();
    }

    /// The newest configuration that is known to be committed.
    StoredConfiguration committedConfiguration() {
        return configurationAt(Math.max(commitIndex, base().index()));
    }

    /// Every configuration that this log and what came before it hold, oldest first.
    List<StoredConfiguration> knownConfigurations() {
        return List.copyOf(configurations);
    }

    /// The configuration in force at the entry `index`, which is not below the base.
    StoredConfiguration configurationAt(long index) {
        int at = configurations.size() - 1;
        while (configurations.get(at).index() > index) {
            at--;
        }
        return configurations.get(at);
    }

    /// Whether a log that ends at (`index`, `term`) is at least as complete as this one: the later last term wins, and
    /// between equal terms the longer log (Raft §5.4.1, T37).
    boolean isCoveredBy(long index, long term) {
        return term > lastTerm() || (term == lastTerm() && index >= lastIndex());
    }

    void append(Batch batch) {
        spans.append(batch);
        window.add(batch);
        lastTime = batch.time();
        if (batch.kind() == BatchKind.CONFIGURATION) {
            configurations.add(new StoredConfiguration(batch.firstIndex(), Configuration.decode(batch.body())));
        }
    }

    /// Forgets every entry from `index` on, and every configuration that stood there (T46).
    void cutFrom(long index) {
        Invariant.check(index > commitIndex, "what is committed is never cut");
        spans.cutFrom(index);
        window.cutFrom(index);
        while (configurations.getLast().index() >= index) {
            configurations.removeLast();
        }
        durableIndex = Math.min(durableIndex, index - 1);
    }

    /// Forgets every entry up to that of `next`, all of them committed and durable here: the log begins
    /// behind it.
    void cutPrefix(LogStart next) {
        Invariant.check(
                next.index() <= Math.min(commitIndex, durableIndex), "only what is committed and durable is compacted");
        spans.cutPrefix(next);
        window.cutPrefix(next.index());
        while (configurations.size() > 1 && configurations.get(1).index() <= next.index()) {
            configurations.removeFirst();
        }
    }

    /// Forgets everything: the log is empty, and begins behind `next`, up to which everything is
    /// committed (T24, T28). The configuration of the covered log goes with it (T29).
    void beginAnew(LogStart next) {
        Invariant.check(next.index() > commitIndex, "no snapshot takes back what is committed");
        spans.beginAnew(next);
        window.clear();
        configurations.clear();
        configurations.add(next.configuration());
        lastTime = next.time();
        durableIndex = 0;
        commitIndex = next.index();
    }

    /// The newest place up to `limit` at which the log can begin such that `keptBytes` stay behind it,
    /// as far as the memory knows; empty if there is none.
    Optional<LogStart> placeToCut(long limit, long keptBytes) {
        return window.newestBefore(limit, keptBytes)
                .map(batch -> new LogStart(
                        batch.lastIndex(), batch.term(), batch.time(), configurationAt(batch.lastIndex())));
    }

    /// The disk holds everything up to `index`.
    void durableTo(long index) {
        Invariant.check(index <= lastIndex(), "only what is in the log becomes durable");
        durableIndex = Math.max(durableIndex, index);
        window.evictUpTo(Math.min(durableIndex, commitIndex));
    }

    /// Everything up to `index` is committed; returns whether that is news.
    boolean commitTo(long index) {
        Invariant.check(index <= lastIndex(), "a node holds what it is told is committed");
        if (index <= commitIndex) {
            return false;
        }
        commitIndex = index;
        window.evictUpTo(Math.min(durableIndex, commitIndex));
        return true;
    }

    /// Batches from memory, beginning with the one that holds `index`.
    List<Batch> recent(long index, int maxBytes) {
        return window.from(index, maxBytes);
    }
}

package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.LogTime;
import java.util.ArrayList;
import java.util.List;

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

    RaftLog(Restored restored, long windowBytes) {
        spans = new TermSpans(restored.spans(), restored.lastIndex());
        window = new BatchWindow(windowBytes);
        restored.tail().forEach(window::add);
        configurations = new ArrayList<>(restored.configurations());
        lastTime = restored.lastTime();
        durableIndex = restored.lastIndex();
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
        return configurations.isEmpty()
                ? Configuration.NONE
                : configurations.getLast().configuration();
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
        while (!configurations.isEmpty() && configurations.getLast().index() >= index) {
            configurations.removeLast();
        }
        durableIndex = Math.min(durableIndex, index - 1);
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

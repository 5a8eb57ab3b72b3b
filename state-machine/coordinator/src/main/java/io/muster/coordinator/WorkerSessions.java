package io.muster.coordinator;

import io.muster.jobs.Delta;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The workers that have reported to this leader in its term: the last session of each, and which of them have news.
final class WorkerSessions {
    private final Supplier<ClusterState> state;
    private final Map<NodeId, WorkerSession> sessions = new TreeMap<>();
    private final Set<NodeId> hasNews = new TreeSet<>();

    WorkerSessions(Supplier<ClusterState> state) {
        this.state = state;
    }

    /// Which process a report comes from, as far as is known.
    enum Sender {
        /// The process that has joined, or one whose name is free.
        CURRENT,
        /// Another process under the name of one that has joined.
        NEWCOMER,
        /// A process that another has replaced.
        ENDED,
        /// One whose message is not newer than one that was taken already.
        OLD_MESSAGE
    }

    /// Which process sent `report`. Only a report of the current one shows that the worker lives.
    Sender senderOf(WorkerReport report) {
        var inventory = report.inventory();
        var before = sessions.get(inventory.worker());
        if (before != null
                && before.report.inventory().incarnation() == inventory.incarnation()
                && before.report.sequence() >= report.sequence()) {
            return Sender.OLD_MESSAGE;
        }
        var known = state.get().jobs().worker(inventory.worker());
        boolean isFree = known.isEmpty() || known.get().state().isGone();
        if (known.filter(worker -> worker.incarnation() == inventory.incarnation())
                .isPresent()) {
            return Sender.CURRENT;
        }
        if (state.get().jobs().delta(inventory) instanceof Delta.Superseded) {
            return Sender.ENDED;
        }
        return isFree ? Sender.CURRENT : Sender.NEWCOMER;
    }

    /// Whether `incarnation` is the present one of `worker`: as its last report here says, which may not be in the
    /// ledger yet, or as the ledger says of a worker that has not reported in this term.
    boolean isPresent(NodeId worker, long incarnation) {
        var session = sessions.get(worker);
        return session == null
                ? state.get()
                        .jobs()
                        .worker(worker)
                        .filter(known -> known.incarnation() == incarnation)
                        .isPresent()
                : session.report.inventory().incarnation() == incarnation;
    }

    /// Puts `session` in the place of its worker's last one, which is returned.
    Optional<WorkerSession> open(WorkerSession session) {
        return Optional.ofNullable(sessions.put(session.worker(), session));
    }

    /// Whether `session` is the last one of its worker and has not ended.
    boolean isOpen(WorkerSession session) {
        return sessions.get(session.worker()) == session;
    }

    /// Ends `session`, unless another has taken its place already.
    void end(WorkerSession session) {
        sessions.remove(session.worker(), session);
    }

    /// Ends the session of `worker`, whose channel is closed: nothing can be told on it any more.
    void channelClosed(NodeId worker) {
        sessions.remove(worker);
    }

    /// Notes that something changed for `worker`.
    void noteNews(NodeId worker) {
        if (sessions.containsKey(worker)) {
            hasNews.add(worker);
        }
    }

    /// The sessions for which something changed since the last call. One whose report is not answered yet is left out:
    /// the answer brings the change along.
    List<WorkerSession> takeNews() {
        if (hasNews.isEmpty()) {
            return List.of();
        }
        var news = hasNews.stream()
                .flatMap(worker -> Optional.ofNullable(sessions.get(worker)).stream())
                .filter(WorkerSession::isAnswered)
                .toList();
        hasNews.clear();
        return news;
    }

    /// Ends every session because this node no longer leads. A worker that still waits for its answer is told so.
    void close(Outcome.Hint hint) {
        sessions.values().stream()
                .filter(session -> !session.isAnswered())
                .forEach(session -> session.answer(new WorkerAnswer.NotLeading(hint)));
        sessions.clear();
        hasNews.clear();
    }
}

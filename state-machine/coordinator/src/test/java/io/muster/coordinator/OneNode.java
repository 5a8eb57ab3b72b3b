package io.muster.coordinator;

import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobReply;
import io.muster.jobs.JobSpec;
import io.muster.jobs.Labels;
import io.muster.jobs.WorkResult;
import io.muster.log.Asker;
import io.muster.log.CommandKind;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.Leadership;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A coordinator with an engine beside it that commits at once, in a single thread, with a clock that
/// tests turn by hand.
final class OneNode {
    static final NodeId SELF = new NodeId("node-1");
    static final NodeId WORKER = new NodeId("worker-a");

    final Coordinator coordinator;
    final List<HistoryBlock> history = new ArrayList<>();
    final List<String> requestFailures = new ArrayList<>();
    final List<Envelope> proposed = new ArrayList<>();

    /// The term that each of [#proposed] is bound to.
    final List<Long> boundTo = new ArrayList<>();

    /// What happens when the history is waited for.
    Runnable onAwaitWritten = () -> {};

    /// What the coordinator is told of its surroundings.
    CoordinatorFacts facts = CoordinatorFacts.alone(1, List.of());

    long nowNanos = 1_000_000_000_000L;
    long term;

    private final ArrayDeque<Runnable> acts = new ArrayDeque<>();
    private long nextIndex = 1;
    private long sequence;
    private boolean isCutOff;
    private @Nullable Outcome instead;

    OneNode() {
        coordinator =
                new Coordinator(SELF, this::propose, acts::add, new Kept(), (what, _) -> requestFailures.add(what));
    }

    private final class Kept implements ClosedBlocks {
        @Override
        public void take(HistoryBlock block) {
            history.add(block);
        }

        @Override
        public void awaitWritten() {
            onAwaitWritten.run();
        }
    }

    /// Lets this node win an election.
    void lead() {
        term++;
        coordinator.leadershipChanged(new Leadership(term, Optional.of(SELF), true, Long.MAX_VALUE), nowNanos);
        commit(new CommittedBatch.Content.TermStart(SELF), List.of());
    }

    /// Lets another node win an election.
    void follow(NodeId other) {
        term++;
        coordinator.leadershipChanged(new Leadership(term, Optional.of(other), false, 0), nowNanos);
        commit(new CommittedBatch.Content.TermStart(other), List.of());
    }

    /// What this node knows, section by section.
    Map<String, List<Bytes>> sections() {
        var sections = new LinkedHashMap<String, List<Bytes>>();
        try (var frozen = coordinator.freeze()) {
            frozen.write((name, chunk) ->
                    sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(chunk));
        }
        return sections;
    }

    /// Sends this node a snapshot, as a leader in `inTerm` does; its log goes on behind it.
    void install(Map<String, List<Bytes>> sections, long inTerm) {
        coordinator.install(name -> sections.getOrDefault(name, List.of()), nowNanos);
        nextIndex = coordinator.state().appliedIndex() + 1;
        term = Math.max(term, inTerm);
    }

    /// From now on proposals have this outcome and nothing of them is committed.
    void answerProposals(Outcome outcome) {
        instead = outcome;
    }

    /// From now on proposals are swallowed: their outcome is never known.
    void cutOff() {
        isCutOff = true;
    }

    /// Lets time pass in steps of a wake.
    void pass(long millis) {
        long end = nowNanos + millis * 1_000_000;
        while (nowNanos < end) {
            nowNanos = Math.min(end, nowNanos + Coordinator.WAKE_NANOS);
            wake();
        }
    }

    /// Lets the coordinator look at its duties, at the same instant as before.
    void wake() {
        coordinator.wake(facts, nowNanos);
        settle();
    }

    /// Lets the log grow to the entry `index` by what the engine keeps for itself.
    void growTo(long index) {
        while (nextIndex <= index) {
            commit(new CommittedBatch.Content.EngineOwn(), List.of());
        }
    }

    /// How many commands of `kind` were proposed so far.
    long proposedOf(CommandKind<?> kind) {
        return proposed.stream()
                .filter(envelope -> envelope.kind() == kind.number())
                .count();
    }

    JobId submit(JobSpec spec) {
        var reply = (JobReply.Submitted) command(new JobCommand.Submit(List.of(spec)));
        return reply.receipts().getFirst().job();
    }

    Reply command(JobCommand command) {
        var answer = new ArrayList<Reply>();
        propose(new CoordinatorProposal(
                0,
                Envelope.of(command, Asker.CLUSTER),
                acts::add,
                outcome -> answer.add(((Outcome.Applied) outcome).reply())));
        settle();
        return answer.getFirst();
    }

    /// Sends an exchange of the worker; returns its answers, now and later.
    List<WorkerAnswer> exchange(long incarnation, List<Inventory.Attempt> held, List<WorkResult> results) {
        var answers = new ArrayList<WorkerAnswer>();
        var unacknowledged = results.stream()
                .map(result -> new Inventory.Attempt(result.job(), result.attempt()))
                .toList();
        var report = new WorkerReport(
                "worker-key",
                ++sequence,
                Capacity.of(2, Labels.NONE, List.of("noop")),
                new Inventory(WORKER, incarnation, held, unacknowledged),
                results,
                List.of());
        exchange(report, answers);
        return answers;
    }

    /// Sends just this report of the worker.
    void exchange(WorkerReport report, List<WorkerAnswer> answers) {
        coordinator.exchange(report, answers::add, nowNanos);
        settle();
    }

    static JobSpec noop() {
        return JobSpec.of("noop", "default", Bytes.utf8("{}"));
    }

    void settle() {
        while (!acts.isEmpty()) {
            acts.poll().run();
        }
    }

    private void propose(Proposal proposal) {
        var envelope =
                Entries.split(Entries.join(List.of(proposal.envelope())), 1).getFirst();
        proposed.add(envelope);
        boundTo.add(proposal.term());
        if (isCutOff) {
            return;
        }
        var outcome = instead;
        if (outcome != null) {
            acts.add(() -> proposal.completed(outcome));
            return;
        }
        acts.add(() -> commit(
                new CommittedBatch.Content.Commands(Entries.join(List.of(proposal.envelope()))), List.of(proposal)));
    }

    private void commit(CommittedBatch.Content content, List<Proposal> proposals) {
        var time = new LogTime(nowNanos / 1_000, nowNanos / 1_000);
        coordinator.deliver(new CommittedBatch(nextIndex++, 1, term, time, content, proposals), nowNanos);
    }
}

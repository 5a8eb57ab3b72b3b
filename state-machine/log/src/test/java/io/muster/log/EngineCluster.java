package io.muster.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/// The engines of a few nodes in one process, each with an applier that records, for tests.
public final class EngineCluster implements AutoCloseable {
    private final BiFunction<NodeId, Applier, Engine> opener;
    private final List<NodeId> nodes;
    private final TreeMap<NodeId, Member> running = new TreeMap<>();

    /// A node that runs.
    public record Member(NodeId id, Engine engine, RecordingApplier applier) {
        /// Waits for the answer to a barrier asked for here.
        public Engine.Barrier barrier() {
            var answer = new CompletableFuture<Engine.Barrier>();
            engine.readBarrier(answer::complete);
            return await(answer, "a barrier");
        }

        /// Waits for what becomes of the wish that `to` leads.
        public TransferAnswer transfer(Successor to) {
            var answer = new CompletableFuture<TransferAnswer>();
            engine.transfer(to, answer::complete);
            return await(answer, "the wish to hand over");
        }

        /// Asks this node for other members, and awaits the answer.
        public MemberAnswer change(MemberChange change) {
            var answer = new CompletableFuture<MemberAnswer>();
            engine.changeMembers(change, answer::complete);
            return await(answer, "the wish for other members");
        }

        private static <T> T await(CompletableFuture<T> answer, String question) {
            try {
                return answer.get(RecordingApplier.patienceMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + question, e);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError(question + " was not answered", e);
            }
        }

        /// Waits until `peer` is seen here with exactly these attributes; each look comes after a round to the others.
        public void awaitAttributes(NodeId peer, Map<String, String> wanted) {
            while (engine.status().peers().stream()
                    .noneMatch(
                            seen -> seen.id().equals(peer) && seen.attributes().equals(wanted))) {
                barrier();
            }
        }

        /// Proposes here.
        public TestProposal propose(TestProposal command) {
            engine.propose(command);
            return command;
        }
    }

    /// @param nodes who takes part
    /// @param opener opens the engine of a node on what that node stored before
    public EngineCluster(List<NodeId> nodes, BiFunction<NodeId, Applier, Engine> opener) {
        this.nodes = List.copyOf(nodes);
        this.opener = opener;
    }

    /// Starts every node that does not run.
    public EngineCluster startAll() {
        nodes.stream().filter(node -> !running.containsKey(node)).forEach(this::start);
        return this;
    }

    /// Starts `node` with an applier that knows nothing.
    public Member start(NodeId node) {
        var applier = new RecordingApplier();
        var member = new Member(node, opener.apply(node, applier), applier);
        running.put(node, member);
        member.engine().start();
        return member;
    }

    /// Stops `node`.
    public void stop(NodeId node) {
        Objects.requireNonNull(running.remove(node), "only a node that runs can be stopped")
                .engine()
                .close();
    }

    /// The nodes that run.
    public List<Member> members() {
        return List.copyOf(running.values());
    }

    /// The nodes that run and are not `leader`.
    public List<Member> followersOf(Member leader) {
        return members().stream()
                .filter(member -> !member.id().equals(leader.id()))
                .toList();
    }

    public int size() {
        return nodes.size();
    }

    /// Waits until a node leads and has its term's first entry committed.
    public Member awaitLeader() {
        while (true) {
            Member any = members().getFirst();
            any.applier().awaitLeadership(seen -> seen.leader().isPresent());
            Member leader = members().stream()
                    .filter(member -> member.engine().leadership().isMine())
                    .findFirst()
                    .orElse(any);
            if (leader.engine().leadership().isMine() && leader.barrier() instanceof Engine.Barrier.At) {
                return leader;
            }
        }
    }

    /// Puts `text` into the log through the leader, and answers where it stands. A text whose outcome
    /// is unknown is proposed again under a new name, so that no text stands in the log twice.
    public RecordingApplier.Entry write(String text) {
        for (int attempt = 0; ; attempt++) {
            String command = attempt == 0 ? text : text + " again " + attempt;
            Member leader = awaitLeader();
            if (leader.propose(TestProposal.of(command)).await() instanceof Outcome.Applied(long index, Reply _)) {
                leader.applier().awaitApplied(index);
                return leader.applier().entries().stream()
                        .filter(entry -> entry.index() == index)
                        .findFirst()
                        .orElseThrow();
            }
        }
    }

    /// Writes `count` different texts, each after the one before was acknowledged.
    public List<RecordingApplier.Entry> writeMany(String prefix, int count) {
        var written = new ArrayList<RecordingApplier.Entry>();
        for (int i = 0; i < count; i++) {
            written.add(write(prefix + "-" + i));
        }
        return written;
    }

    @Override
    public void close() {
        members().forEach(member -> stop(member.id()));
    }
}

package io.muster.simulation;

import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raft.StoredConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whoever runs the cluster: adds nodes, gives them votes, replaces and removes others, while things go
/// wrong. Nodes that were removed go on running, and some come back, with the folder that they had or
/// with an empty one.
///
/// Now and then a voter loses its folder for good; then only what helps is asked for until it is
/// replaced.
final class SimMembers {
    private static final int MOST_VOTERS = 6;

    /// How long a leader without a vote may lead on: a hand-over may take three seconds of its own
    /// time, and a machine may stand still for as long.
    private static final long TIME_TO_GO_NANOS = 10_000_000_000L;

    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;
    private Optional<SimNode> emptied = Optional.empty();
    private LastWish last = LastWish.NOTHING;
    private int moves;
    private boolean isOver;

    /// What was asked last, of which life, and whether that was answered.
    private record LastWish(Optional<SimNode> of, long life, boolean isAnswered) {
        static final LastWish NOTHING = new LastWish(Optional.empty(), 0, true);

        boolean isOpen() {
            return !isAnswered
                    && of.filter(node -> node.isUp() && node.life() == life).isPresent();
        }
    }

    SimMembers(SimNode.Parts parts, Chance chance, SimCluster cluster) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
    }

    void start() {
        parts.agenda().in(chance.nanos(20_000, 500_000), () -> {
            if (!isOver) {
                act();
                start();
            }
        });
    }

    /// Asks for nothing more; what was asked for may still come about.
    void finish() {
        isOver = true;
    }

    /// Who takes part for good, once a leader has that committed; nobody before.
    List<SimNode> sound() {
        return cluster.nodes().stream()
                .filter(SimNode::isTrusted)
                .flatMap(leader -> leader.configuration().stream())
                .filter(members -> !members.isJoint())
                .findFirst()
                .map(members -> cluster.nodes().stream()
                        .filter(node -> members.isMember(node.id())
                                && emptied.filter(node::equals).isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /// Whether all members have the same in force, and all who were removed know it.
    boolean isSettled() {
        var members = sound();
        if (members.isEmpty()) {
            return false;
        }
        long newest = newestCommitted().index();
        return members.stream().map(SimNode::configuration).distinct().count() == 1
                && cluster.nodes().stream()
                        .filter(node -> node.isUp() && !members.contains(node) && wasMember(node, newest))
                        .allMatch(SimNode::isRemoved);
    }

    /// Who is out, and has heard of being in, in a configuration that is older than `newest`.
    private static boolean wasMember(SimNode node, long newest) {
        var known = node.disk().configurations();
        boolean wasIn = known.stream().anyMatch(stored -> stored.configuration().isMember(node.id()));
        return wasIn && known.getLast().index() <= newest;
    }

    private void act() {
        var leader = cluster.leader();
        if (leader.isEmpty()) {
            return;
        }
        emptied = emptied.filter(node -> newestCommitted().configuration().isMember(node.id()));
        if (chance.oneIn(12)) {
            emptyOne();
            return;
        }
        if (chance.oneIn(10)) {
            leaveWithLearners(leader.get());
            return;
        }
        draw(leader.get()).ifPresent(change -> ask(leader.get(), change));
    }

    private void ask(SimNode leader, MemberChange change) {
        var at = chance.oneIn(10) ? chance.pick(cluster.nodes()) : leader;
        if (!at.isUp()) {
            return;
        }
        parts.oracle().note("ask " + at.id() + " for " + change);
        long life = at.life();
        last = new LastWish(Optional.of(at), life, false);
        at.changeMembers(change, answer -> {
            parts.oracle().note(at.id() + " answers " + change + ": " + answer);
            last = new LastWish(Optional.of(at), life, true);
            if (answer instanceof MemberAnswer.Done) {
                done(at, change);
            }
        });
        disturb(at);
    }

    /// A change survives the death of its leader in each of its stages.
    private void disturb(SimNode leader) {
        long soon = chance.nanos(0, 6_000);
        if (chance.oneIn(4)) {
            parts.agenda().in(soon, leader::crash);
            parts.agenda().in(soon + chance.nanos(10_000, 900_000), leader::start);
        } else if (chance.oneIn(4)) {
            long cut = chance.nanos(200_000, 1_500_000);
            parts.agenda()
                    .in(
                            soon,
                            () -> parts.agenda()
                                    .in(
                                            cut,
                                            parts.network()
                                                    .paths()
                                                    .isolate(leader.name(), cluster.namesOfOthers(leader))));
        }
    }

    private void done(SimNode leader, MemberChange change) {
        watchWhoGoes(leader);
        switch (change) {
            case MemberChange.Promote _ -> parts.oracle().rarities().saw(Rarity.PROMOTED);
            case MemberChange.Replace(NodeId _, NodeId leaving) -> {
                parts.oracle().rarities().saw(Rarity.REPLACED);
                if (emptied.filter(node -> node.id().equals(leaving)).isPresent()) {
                    parts.oracle().rarities().saw(Rarity.EMPTIED_REPLACED);
                }
            }
            case MemberChange.Remove(NodeId node) -> {
                if (node.equals(leader.id())) {
                    parts.oracle().rarities().saw(Rarity.LEADER_REMOVED_ITSELF);
                }
            }
            case MemberChange.AddLearner _, MemberChange.Demote _, MemberChange.Readdress _ -> {}
        }
    }

    /// A leader that gave its vote up stops leading, whatever becomes of its hand-over (thesis §4.2.2).
    private void watchWhoGoes(SimNode leader) {
        boolean goes = leader.configuration()
                .filter(members -> !members.isVoter(leader.id()))
                .isPresent();
        if (!goes) {
            return;
        }
        long term = leader.leadership().term();
        parts.agenda().in(TIME_TO_GO_NANOS, () -> {
            if (leader.leadership().isMine() && leader.leadership().term() == term) {
                throw parts.oracle().violation(leader.id() + " goes on leading without a vote");
            }
        });
    }

    private Optional<MemberChange> draw(SimNode leader) {
        var now = leader.configuration().orElse(Configuration.NONE);
        var voters = List.copyOf(now.voters());
        var learners = List.copyOf(now.learners());
        if (voters.isEmpty()) {
            return Optional.empty();
        }
        if (learners.isEmpty() || chance.oneIn(5)) {
            var add = addLearner(now);
            if (add.isPresent()) {
                return add;
            }
        }
        int dice = chance.between(0, 9);
        if (emptied.isPresent()) {
            NodeId lost = emptied.get().id();
            if (learners.isEmpty()) {
                return voters.size() > 3 ? Optional.of(new MemberChange.Remove(lost)) : Optional.empty();
            }
            return Optional.of(new MemberChange.Replace(chance.pick(learners), lost));
        }
        if (dice < 3 && !learners.isEmpty() && voters.size() < MOST_VOTERS) {
            return Optional.of(new MemberChange.Promote(chance.pick(learners)));
        }
        if (dice < 5 && !learners.isEmpty()) {
            return Optional.of(new MemberChange.Replace(chance.pick(learners), chance.pick(voters)));
        }
        return Optional.of(
                switch (dice) {
                    case 6 -> new MemberChange.Remove(leader.id());
                    case 7 -> new MemberChange.Remove(chance.pick(List.copyOf(now.members())));
                    case 8 -> new MemberChange.Demote(chance.pick(voters));
                    default -> new MemberChange.Readdress(chance.pick(voters), addresses());
                });
    }

    /// One that takes no part comes, with the folder that it has, or with an empty one where nobody can
    /// count on it.
    private Optional<MemberChange> addLearner(Configuration now) {
        var out = cluster.nodes().stream()
                .filter(node -> !now.isMember(node.id()))
                .toList();
        if (out.isEmpty()) {
            return Optional.empty();
        }
        var node = chance.pick(out);
        boolean mayBegin = isNobodys(node);
        if (!node.disk().isBegun() || chance.oneIn(2)) {
            if (!mayBegin) {
                return Optional.empty();
            }
            node.crash();
            node.join(new VoterId(chance.any(), chance.any()));
            emptied = emptied.filter(lost -> lost != node);
            parts.oracle().members().beganAnew(node.id());
        }
        node.start();
        return Optional.of(new MemberChange.AddLearner(
                node.id(), node.disk().foundingStatus().identity(), addresses()));
    }

    /// A voter that all can do without loses its folder, where nothing else is on its way.
    private void emptyOne() {
        var committed = newestCommitted();
        var members = committed.configuration();
        boolean isQuiet = !members.isJoint()
                && members.voters().size() >= 3
                && !last.isOpen()
                && emptied.isEmpty()
                && cluster.nodes().stream().allMatch(node -> newest(node).index() <= committed.index());
        if (!isQuiet) {
            return;
        }
        var voters = cluster.nodes().stream()
                .filter(node -> members.voters().contains(node.id()))
                .toList();
        var victim = chance.pick(voters);
        emptied = Optional.of(victim);
        parts.oracle().members().emptied(victim.id());
        victim.loseFolder();
    }

    /// A leader and all learners hear each other, and none of the other voters: too few, however many
    /// they are (T48).
    private void leaveWithLearners(SimNode leader) {
        var now = leader.configuration().orElse(Configuration.NONE);
        if (now.learners().isEmpty()) {
            return;
        }
        parts.oracle().note(leader.id() + " is left with " + now.learners());
        long nanos = chance.nanos(300_000, 2_500_000);
        var here = new ArrayList<SimNode>();
        var there = new ArrayList<SimNode>();
        for (SimNode node : cluster.nodes()) {
            (node == leader || now.learners().contains(node.id()) ? here : there).add(node);
        }
        for (SimNode one : here) {
            parts.agenda()
                    .in(
                            nanos,
                            parts.network()
                                    .paths()
                                    .isolate(
                                            one.name(),
                                            there.stream().map(SimNode::name).toList()));
        }
    }

    /// Whether no configuration that is committed, or could be, has `node`.
    private boolean isNobodys(SimNode node) {
        var committed = newestCommitted();
        return !last.isOpen()
                && !committed.configuration().isMember(node.id())
                && cluster.nodes().stream()
                        .flatMap(each -> each.disk().configurations().stream())
                        .filter(stored -> stored.index() > committed.index())
                        .noneMatch(stored -> stored.configuration().isMember(node.id()));
    }

    private StoredConfiguration newestCommitted() {
        long end = parts.oracle().committedIndex();
        return cluster.nodes().stream()
                .flatMap(node -> node.disk().configurations().stream()
                        .filter(stored -> stored.index() <= end && isCommitted(node.disk(), stored.index())))
                .max((one, other) -> Long.compare(one.index(), other.index()))
                .orElse(StoredConfiguration.NONE);
    }

    /// What a log was cut behind is committed.
    private boolean isCommitted(SimDisk disk, long index) {
        return disk.isCompacted(index) || parts.oracle().isCommitted(index, disk.termAt(index));
    }

    private static StoredConfiguration newest(SimNode node) {
        return node.disk().configurations().getLast();
    }

    private MemberAddresses addresses() {
        moves++;
        return new MemberAddresses("host:" + moves, "api:" + moves);
    }

    @Override
    public String toString() {
        return newestCommitted() + ", emptied " + emptied.map(SimNode::id) + ": "
                + cluster.nodes().stream().map(SimNode::said).toList();
    }
}

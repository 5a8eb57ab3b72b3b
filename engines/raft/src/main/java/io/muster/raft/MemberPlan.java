package io.muster.raft;

import io.muster.log.MemberAddresses;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a wish for other members makes of a configuration, which is not joint. Whether a learner has
/// caught up is asked by the one who carries it out.
///
/// Where the voters stay the same, what is wished for is entered at once: the majorities before and
/// after are those of the same voters. Otherwise a joint configuration comes first (Raft §6), also
/// where one voter comes or goes.
sealed interface MemberPlan {
    /// `configuration` is appended next.
    record Next(Configuration configuration) implements MemberPlan {}

    /// It is in force already.
    record Fulfilled() implements MemberPlan {}

    /// It cannot be.
    record Impossible(MemberRefusal reason) implements MemberPlan {}

    /// What `change` makes of `now`.
    static MemberPlan of(Configuration now, MemberChange change) {
        var plan = planned(now, change);
        boolean isTooLarge =
                plan instanceof Next(Configuration next) && next.encode().size() > Configuration.MAX_BYTES;
        return isTooLarge
                ? new Impossible(new MemberRefusal.TooManyMembers(now.members().size()))
                : plan;
    }

    private static MemberPlan planned(Configuration now, MemberChange change) {
        return switch (change) {
            case MemberChange.AddLearner add -> add(now, add);
            case MemberChange.Promote(NodeId node) -> promote(now, node);
            case MemberChange.Demote(NodeId node) -> demote(now, node);
            case MemberChange.Remove(NodeId node) -> remove(now, node);
            case MemberChange.Replace(NodeId node, NodeId leaving) -> replace(now, node, leaving);
            case MemberChange.Readdress(NodeId node, MemberAddresses addresses) -> readdress(now, node, addresses);
        };
    }

    private static MemberPlan add(Configuration now, MemberChange.AddLearner add) {
        NodeId node = add.node();
        if (now.members().contains(node)) {
            boolean isSame = add.identity().equals(now.identities().get(node))
                    && add.addresses().equals(now.addresses().get(node));
            return isSame ? new Fulfilled() : new Impossible(new MemberRefusal.NameTaken(node));
        }
        if (now.learners().size() >= Configuration.MAX_MEMBERS) {
            return new Impossible(new MemberRefusal.TooManyMembers(Configuration.MAX_MEMBERS));
        }
        var taken = holder(now, add.identity())
                .<MemberRefusal>map(MemberRefusal.IdentityTaken::new)
                .or(() -> addressTaken(now, node, add.addresses()));
        if (taken.isPresent()) {
            return new Impossible(taken.get());
        }
        SortedMap<NodeId, VoterId> identities = new TreeMap<>(now.identities());
        identities.put(node, add.identity());
        return new Next(new Configuration(
                now.voters(),
                now.outgoing(),
                with(now.learners(), node),
                identities,
                addressed(now, node, add.addresses())));
    }

    private static MemberPlan promote(Configuration now, NodeId node) {
        if (now.voters().contains(node)) {
            return new Fulfilled();
        }
        if (!now.learners().contains(node)) {
            return new Impossible(new MemberRefusal.UnknownMember(node));
        }
        if (now.voters().size() >= Configuration.MAX_MEMBERS) {
            return new Impossible(new MemberRefusal.TooManyMembers(Configuration.MAX_MEMBERS));
        }
        return joint(now, with(now.voters(), node), without(now.learners(), node));
    }

    private static MemberPlan demote(Configuration now, NodeId node) {
        if (now.learners().contains(node)) {
            return new Fulfilled();
        }
        if (!now.voters().contains(node)) {
            return new Impossible(new MemberRefusal.UnknownMember(node));
        }
        if (now.learners().size() >= Configuration.MAX_MEMBERS) {
            return new Impossible(new MemberRefusal.TooManyMembers(Configuration.MAX_MEMBERS));
        }
        return joint(now, without(now.voters(), node), with(now.learners(), node));
    }

    private static MemberPlan remove(Configuration now, NodeId node) {
        if (now.learners().contains(node)) {
            return new Next(now.among(now.voters(), now.outgoing(), without(now.learners(), node)));
        }
        if (!now.voters().contains(node)) {
            return new Impossible(new MemberRefusal.UnknownMember(node));
        }
        return joint(now, without(now.voters(), node), now.learners());
    }

    private static MemberPlan replace(Configuration now, NodeId node, NodeId leaving) {
        if (now.voters().contains(node) && !now.members().contains(leaving)) {
            return new Fulfilled();
        }
        if (!now.members().contains(node)) {
            return new Impossible(new MemberRefusal.UnknownMember(node));
        }
        if (!now.learners().contains(node)) {
            return new Impossible(new MemberRefusal.NoLearner(node));
        }
        if (!now.members().contains(leaving)) {
            return new Impossible(new MemberRefusal.UnknownMember(leaving));
        }
        if (!now.voters().contains(leaving)) {
            return new Impossible(new MemberRefusal.NoVoter(leaving));
        }
        return joint(now, without(with(now.voters(), node), leaving), without(now.learners(), node));
    }

    private static MemberPlan readdress(Configuration now, NodeId node, MemberAddresses addresses) {
        if (!now.members().contains(node)) {
            return new Impossible(new MemberRefusal.UnknownMember(node));
        }
        if (addresses.equals(now.addresses().get(node))) {
            return new Fulfilled();
        }
        return addressTaken(now, node, addresses)
                .<MemberPlan>map(Impossible::new)
                .orElseGet(() -> new Next(new Configuration(
                        now.voters(),
                        now.outgoing(),
                        now.learners(),
                        now.identities(),
                        addressed(now, node, addresses))));
    }

    private static MemberPlan joint(Configuration now, SortedSet<NodeId> voters, SortedSet<NodeId> learners) {
        return voters.isEmpty()
                ? new Impossible(new MemberRefusal.NoVoterLeft())
                : new Next(now.among(voters, now.voters(), learners));
    }

    private static Optional<NodeId> holder(Configuration now, VoterId identity) {
        return now.identities().entrySet().stream()
                .filter(known -> known.getValue().equals(identity))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<MemberRefusal> addressTaken(Configuration now, NodeId node, MemberAddresses wanted) {
        for (var known : now.addresses().entrySet()) {
            if (known.getKey().equals(node)) {
                continue;
            }
            if (known.getValue().node().equals(wanted.node())) {
                return Optional.of(new MemberRefusal.AddressTaken(known.getKey(), wanted.node()));
            }
            if (known.getValue().api().equals(wanted.api())) {
                return Optional.of(new MemberRefusal.AddressTaken(known.getKey(), wanted.api()));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<NodeId, MemberAddresses> addressed(
            Configuration now, NodeId node, MemberAddresses addresses) {
        SortedMap<NodeId, MemberAddresses> all = new TreeMap<>(now.addresses());
        all.put(node, addresses);
        return all;
    }

    private static SortedSet<NodeId> with(SortedSet<NodeId> nodes, NodeId node) {
        var more = new TreeSet<>(nodes);
        more.add(node);
        return more;
    }

    private static SortedSet<NodeId> without(SortedSet<NodeId> nodes, NodeId node) {
        var fewer = new TreeSet<>(nodes);
        fewer.remove(node);
        return fewer;
    }
}

package io.muster.raft;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.MemberAddresses;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Who takes part in consensus. It stands in the log and is in force from the moment it is appended (Raft §6).
///
/// While it is *joint*, a decision needs a majority of `voters` and, apart from that, a majority of `outgoing`.
/// Learners receive the log and are counted nowhere (T48).
///
/// @param voters whose majority decides
/// @param outgoing the voters of the configuration that is being left; empty unless joint
/// @param learners who receives the log without a vote; none of them is among `voters`, and who is
///     among `outgoing` gives its vote up with it
/// @param identities who each member is beyond its name, drawn when its data folder was begun; a node that comes
///     under a member's name with another identity is not that member
/// @param addresses where members are reached; a founder's is named only once it is changed, until then
///     each node's configuration file says it
public record Configuration(
        SortedSet<NodeId> voters,
        SortedSet<NodeId> outgoing,
        SortedSet<NodeId> learners,
        SortedMap<NodeId, VoterId> identities,
        SortedMap<NodeId, MemberAddresses> addresses) {
    /// More members of one kind are refused: every quorum decision looks at all of them.
    public static final int MAX_MEMBERS = 255;

    /// No encoded form is longer: beside a piece of a snapshot it fits into one frame between nodes.
    public static final int MAX_BYTES = (1 << 17) - 64;

    /// Nobody: the configuration of a node that has not been told any yet. No decision is ever reached in it.
    public static final Configuration NONE = new Configuration(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    /// Names no addresses. Founders write it, so that the log of a cluster whose members never changed
    /// can be read by every version.
    private static final int WITHOUT_ADDRESSES = 1;

    private static final int WITH_ADDRESSES = 2;
    private static final int MAX_ID_BYTES = 63;

    public Configuration {
        voters = sorted(voters);
        outgoing = sorted(outgoing);
        learners = sorted(learners);
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        if (!Collections.disjoint(learners, voters)) {
            throw new IllegalArgumentException("a learner cannot vote: " + learners + " beside " + voters);
        }
        for (var known : List.of(identities.keySet(), addresses.keySet())) {
            for (NodeId node : known) {
                if (!voters.contains(node) && !outgoing.contains(node) && !learners.contains(node)) {
                    throw new IllegalArgumentException(node + " has an identity or an address and is no member");
                }
            }
        }
    }

    /// A configuration of members that are known by their names alone.
    public Configuration(SortedSet<NodeId> voters, SortedSet<NodeId> outgoing, SortedSet<NodeId> learners) {
        this(voters, outgoing, learners, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /// A configuration of voters alone, known by their names alone.
    public static Configuration of(Collection<NodeId> voters) {
        return new Configuration(new TreeSet<>(voters), new TreeSet<>(), new TreeSet<>());
    }

    /// The first configuration of a cluster: its founders, all of them voters.
    public static Configuration founding(SortedMap<NodeId, VoterId> founders) {
        return new Configuration(
                new TreeSet<>(founders.keySet()), new TreeSet<>(), new TreeSet<>(), founders, new TreeMap<>());
    }

    /// Whether a change of voters is under way, so that both majorities count.
    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    /// Whether `node` has a vote, in either half of a joint configuration.
    public boolean isVoter(NodeId node) {
        return voters.contains(node) || outgoing.contains(node);
    }

    /// What follows a joint configuration: those who left are gone.
    public Configuration entered() {
        return among(voters, new TreeSet<>(), learners);
    }

    /// These members, with what is known of them here.
    Configuration among(SortedSet<NodeId> newVoters, SortedSet<NodeId> newOutgoing, SortedSet<NodeId> newLearners) {
        var all = new TreeSet<>(newVoters);
        all.addAll(newOutgoing);
        all.addAll(newLearners);
        var known = new TreeMap<>(identities);
        known.keySet().retainAll(all);
        var reached = new TreeMap<>(addresses);
        reached.keySet().retainAll(all);
        return new Configuration(newVoters, newOutgoing, newLearners, known, reached);
    }

    /// Whether `node` takes part at all.
    public boolean isMember(NodeId node) {
        return isVoter(node) || learners.contains(node);
    }

    /// Everyone who receives the log.
    public SortedSet<NodeId> members() {
        var all = new TreeSet<>(voters);
        all.addAll(outgoing);
        all.addAll(learners);
        return Collections.unmodifiableSortedSet(all);
    }

    /// The largest value that a quorum has reached, where each voter has reached what `reached` says of it.
    ///
    /// This is the one quorum function (T48): commit asks with match indexes, a ballot with 1 for yes and 0 for no,
    /// a heartbeat round with acknowledged rounds. Values are not negative. Without voters the answer is 0.
    public long agreed(ToLongFunction<NodeId> reached) {
        long byVoters = majority(voters, reached);
        return isJoint() ? Math.min(byVoters, majority(outgoing, reached)) : byVoters;
    }

    /// The encoded form, as it stands in a [BatchKind#CONFIGURATION] batch:
    ///
    /// version u8 · voters · outgoing · learners · identities · addresses (in version 2). Each is a
    /// number and as many names, in order, with 16 bytes or two addresses behind each name where it
    /// says so; version 1 ends with the learners where nobody has an identity.
    public Bytes encode() {
        var writer = new BinaryWriter().u8(addresses.isEmpty() ? WITHOUT_ADDRESSES : WITH_ADDRESSES);
        for (var group : List.of(voters, outgoing, learners)) {
            writer.varint(group.size());
            group.forEach(node -> writer.text(node.value()));
        }
        if (identities.isEmpty() && addresses.isEmpty()) {
            return Bytes.wrap(writer.toBytes());
        }
        writer.varint(identities.size());
        identities.forEach((node, identity) ->
                writer.text(node.value()).i64(identity.high()).i64(identity.low()));
        if (!addresses.isEmpty()) {
            writer.varint(addresses.size());
            addresses.forEach(
                    (node, at) -> writer.text(node.value()).text(at.node()).text(at.api()));
        }
        return Bytes.wrap(writer.toBytes());
    }

    /// Reads back what [#encode] wrote; throws [MalformedException] otherwise.
    public static Configuration decode(Bytes encoded) {
        var reader = BinaryReader.over(encoded.array());
        int version = reader.u8();
        if (version != WITHOUT_ADDRESSES && version != WITH_ADDRESSES) {
            throw new MalformedException("a configuration of version " + version + ": this version reads "
                    + WITHOUT_ADDRESSES + " and " + WITH_ADDRESSES);
        }
        try {
            var configuration = version == WITHOUT_ADDRESSES
                    ? new Configuration(
                            group(reader), group(reader), group(reader), identities(reader), new TreeMap<>())
                    : new Configuration(group(reader), group(reader), group(reader), known(reader), addresses(reader));
            reader.end();
            return configuration;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a configuration that cannot be: " + e.getMessage());
        }
    }

    private static SortedSet<NodeId> group(BinaryReader reader) {
        int count = reader.count(MAX_MEMBERS);
        var nodes = new TreeSet<NodeId>();
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(reader.text(MAX_ID_BYTES)));
        }
        return nodes;
    }

    private static SortedMap<NodeId, VoterId> identities(BinaryReader reader) {
        if (reader.remaining() == 0) {
            return Collections.emptySortedMap();
        }
        var identities = known(reader);
        if (identities.isEmpty()) {
            throw new MalformedException("a configuration ends with nobody's identity");
        }
        return identities;
    }

    private static SortedMap<NodeId, VoterId> known(BinaryReader reader) {
        int count = reader.count(3 * MAX_MEMBERS);
        var identities = new TreeMap<NodeId, VoterId>();
        for (int i = 0; i < count; i++) {
            identities.put(new NodeId(reader.text(MAX_ID_BYTES)), new VoterId(reader.i64(), reader.i64()));
        }
        return identities;
    }

    private static SortedMap<NodeId, MemberAddresses> addresses(BinaryReader reader) {
        int count = reader.count(3 * MAX_MEMBERS);
        if (count == 0) {
            throw new MalformedException("a configuration ends with nobody's address");
        }
        var addresses = new TreeMap<NodeId, MemberAddresses>();
        for (int i = 0; i < count; i++) {
            var node = new NodeId(reader.text(MAX_ID_BYTES));
            addresses.put(
                    node,
                    new MemberAddresses(
                            reader.text(MemberAddresses.MAX_BYTES), reader.text(MemberAddresses.MAX_BYTES)));
        }
        return addresses;
    }

    /// The (n/2 + 1)-th largest value. Groups are small, so an insertion sort beats anything cleverer.
    private static long majority(SortedSet<NodeId> group, ToLongFunction<NodeId> reached) {
        if (group.isEmpty()) {
            return 0;
        }
        var values = new long[group.size()];
        int size = 0;
        for (NodeId node : group) {
            long value = reached.applyAsLong(node);
            int at = size++;
            while (at > 0 && values[at - 1] < value) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = value;
        }
        return values[size / 2];
    }

    private static SortedSet<NodeId> sorted(SortedSet<NodeId> nodes) {
        if (nodes.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException(nodes.size() + " members are over the limit of " + MAX_MEMBERS);
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
}

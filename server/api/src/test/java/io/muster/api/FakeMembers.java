package io.muster.api;

import io.muster.client.JoinAnswer;
import io.muster.log.EngineReport;
import io.muster.log.EngineStatus;
import io.muster.log.Leadership;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.MemberStatus;
import io.muster.log.MemberStatus.Vote;
import io.muster.log.NodeId;
import io.muster.log.Standing;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Who takes part in a fake cluster: every change is done at once, unless a test says what stands against it.
final class FakeMembers implements Admissions {
    private final Map<NodeId, MemberStatus> members = new ConcurrentSkipListMap<>();
    private final List<EngineStatus.PeerStatus> peers = new CopyOnWriteArrayList<>();
    private final Map<NodeId, URI> apis = new ConcurrentSkipListMap<>();
    private final Deque<MemberAnswer> answers = new ConcurrentLinkedDeque<>();
    private final List<MemberChange> wishes = new CopyOnWriteArrayList<>();
    private volatile Certificate certificate = new Certificate.NoAuthority("there is no ca.key here");

    FakeMembers(NodeId self) {
        put(self, Vote.VOTER, null);
    }

    /// Another node, whose API is at `address`; it votes unless it was said to be something else.
    void meet(EngineStatus.PeerStatus peer, URI address) {
        if (!members.containsKey(peer.id())) {
            put(peer.id(), Vote.VOTER, null);
        }
        peers.add(peer);
        apis.put(peer.id(), address);
    }

    List<EngineStatus.PeerStatus> peers() {
        return List.copyOf(peers);
    }

    Optional<URI> api(NodeId node) {
        return Optional.ofNullable(apis.get(node));
    }

    List<MemberStatus> all() {
        return List.copyOf(members.values());
    }

    /// Why somebody leads, or nobody, as this node knows it.
    EngineReport report(Leadership leadership) {
        var standing = leadership.isMine()
                ? Standing.LEADS
                : leadership.leader().isPresent() ? Standing.FOLLOWS : Standing.AWAITS_ITS_TURN;
        long now = System.nanoTime();
        var links = peers.stream()
                .map(peer -> new EngineReport.PeerLink(
                        peer.id(),
                        peer.isConnected() ? EngineReport.LinkState.OPEN : EngineReport.LinkState.REFUSED,
                        peer.isConnected() ? "" : "connection refused",
                        peer.isConnected() ? OptionalLong.of(now) : OptionalLong.empty()))
                .toList();
        return new EngineReport(
                now,
                standing,
                leadership.term(),
                leadership.leader(),
                2,
                leadership.leader(),
                now,
                EngineReport.Disk.UNUSED,
                links);
    }

    /// What was asked for, in order.
    List<MemberChange> wishes() {
        return List.copyOf(wishes);
    }

    /// The next change is answered so, and changes nothing.
    void answerNext(MemberAnswer answer) {
        answers.add(answer);
    }

    /// What becomes of requests for certificates from now on.
    void certifyWith(Certificate answer) {
        certificate = answer;
    }

    MemberAnswer change(MemberChange change) {
        wishes.add(change);
        if (!answers.isEmpty()) {
            return answers.remove();
        }
        NodeId node = change.node();
        if (!(change instanceof MemberChange.AddLearner) && !members.containsKey(node)) {
            return new MemberAnswer.Refused(new MemberRefusal.UnknownMember(node));
        }
        switch (change) {
            case MemberChange.AddLearner added -> put(node, Vote.LEARNER, added);
            case MemberChange.Promote _ -> vote(node, Vote.VOTER);
            case MemberChange.Demote _ -> vote(node, Vote.LEARNER);
            case MemberChange.Remove _ -> members.remove(node);
            case MemberChange.Replace(NodeId _, NodeId leaving) -> {
                vote(node, Vote.VOTER);
                members.remove(leaving);
            }
            case MemberChange.Readdress(NodeId _, MemberAddresses addresses) -> {
                MemberStatus known = Objects.requireNonNull(members.get(node), "a member");
                members.put(node, new MemberStatus(node, known.vote(), known.identity(), Optional.of(addresses), 0, 0));
            }
        }
        return new MemberAnswer.Done(7);
    }

    @Override
    public List<String> authorities() {
        return List.of("AAAA");
    }

    @Override
    public JoinAnswer answer() {
        return new JoinAnswer(FakeCluster.ID.toString(), "fake", "s".repeat(32), "raft", Map.of(), List.of(), "");
    }

    @Override
    public Certificate certify(String node, MemberAddresses addresses, String request) {
        return certificate;
    }

    private void vote(NodeId node, Vote vote) {
        MemberStatus known = Objects.requireNonNull(members.get(node), "a member");
        members.put(node, new MemberStatus(node, vote, known.identity(), known.addresses(), 0, 0));
    }

    private void put(NodeId node, Vote vote, MemberChange.@Nullable AddLearner added) {
        members.put(
                node,
                added == null
                        ? new MemberStatus(node, vote, Optional.empty(), Optional.empty(), 0, 0)
                        : new MemberStatus(
                                node, vote, Optional.of(added.identity()), Optional.of(added.addresses()), 0, 0));
    }
}

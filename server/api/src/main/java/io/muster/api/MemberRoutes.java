package io.muster.api;

import io.javalin.http.Context;
import io.muster.access.AccessCommand;
import io.muster.access.AccessReply;
import io.muster.access.MemberAct;
import io.muster.client.MemberDocument;
import io.muster.client.MemberRequest;
import io.muster.client.MembersDocument;
import io.muster.client.MoveRequest;
import io.muster.client.ReplaceRequest;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.NotLeading;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.log.EngineStatus;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberChange;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// `/v1/cluster/members`: who takes part, and how that is changed. Each change goes on record first, then the engine
/// carries it out; asking again for what is in force is answered as if it had just been done.
final class MemberRoutes {
    private final ClusterPort cluster;
    private final Commands commands;
    private final MemberDecisions changes;

    MemberRoutes(ClusterPort cluster, Commands commands) {
        this.cluster = cluster;
        this.commands = commands;
        this.changes = new MemberDecisions(cluster);
    }

    /// Only the leader knows how far each has come.
    void list(Context ctx) {
        if (!cluster.leadership().isMine()) {
            throw new NotLeading();
        }
        Answers.json(ctx, 200, members());
    }

    void add(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, MemberRequest.class);
        var change = valid(() -> new MemberChange.AddLearner(
                new NodeId(asked.node()),
                VoterId.parse(asked.identity()),
                addresses(asked.nodeAddress(), asked.apiAddress())));
        decide(ctx, MemberAct.ADD, change, asked.nodeAddress());
    }

    void promote(Context ctx) throws InterruptedException {
        decide(ctx, MemberAct.PROMOTE, new MemberChange.Promote(named(ctx)), "");
    }

    void demote(Context ctx) throws InterruptedException {
        decide(ctx, MemberAct.DEMOTE, new MemberChange.Demote(named(ctx)), "");
    }

    void remove(Context ctx) throws InterruptedException {
        decide(ctx, MemberAct.REMOVE, new MemberChange.Remove(named(ctx)), "");
    }

    void replace(Context ctx) throws InterruptedException {
        NodeId leaving = named(ctx);
        String by = Answers.body(ctx, ReplaceRequest.class).by();
        decide(ctx, MemberAct.REPLACE, valid(() -> new MemberChange.Replace(new NodeId(by), leaving)), "of " + leaving);
    }

    void move(Context ctx) throws InterruptedException {
        NodeId node = named(ctx);
        var asked = Answers.body(ctx, MoveRequest.class);
        var change = valid(() -> new MemberChange.Readdress(node, addresses(asked.nodeAddress(), asked.apiAddress())));
        decide(ctx, MemberAct.MOVE, change, asked.nodeAddress());
    }

    private void decide(Context ctx, MemberAct act, MemberChange change, String detail) throws InterruptedException {
        commands.carryOut(ctx, new AccessCommand.DecideMember(act, change.node(), detail), AccessReply.Done.class);
        changes.make(ctx, change);
        Answers.json(ctx, 200, members());
    }

    private MembersDocument members() {
        EngineStatus status = cluster.status();
        return new MembersDocument(
                status.self().value(),
                status.term(),
                status.isChanging(),
                status.members().stream().map(member -> view(status, member)).toList());
    }

    private MemberDocument view(EngineStatus status, MemberStatus member) {
        NodeId id = member.id();
        boolean leads = id.equals(status.self());
        Optional<EngineStatus.PeerStatus> peer =
                status.peers().stream().filter(each -> each.id().equals(id)).findFirst();
        return new MemberDocument(
                id.value(),
                member.vote().name().toLowerCase(Locale.ROOT),
                member.identity().map(VoterId::toString).orElse(null),
                member.addresses().map(MemberAddresses::node).orElse(null),
                cluster.apiAddress(id).map(URI::toString).orElse(null),
                leads,
                leads || peer.map(EngineStatus.PeerStatus::isConnected).orElse(false),
                member.matchIndex(),
                member.missingEntries(),
                leads
                        ? cluster.featureLevel()
                        : peer.map(EngineStatus.PeerStatus::featureLevel).orElse(0));
    }

    private static NodeId named(Context ctx) {
        try {
            return new NodeId(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()))
                    .refused();
        }
    }

    /// Addresses as they stand in the log: `host:port` each.
    static MemberAddresses addresses(String node, String api) {
        requireAddress(node);
        requireAddress(api);
        return new MemberAddresses(node, api);
    }

    private static void requireAddress(String address) {
        var uri = URI.create("tcp://" + address);
        if (uri.getHost() == null
                || uri.getPort() < 1
                || uri.getPort() > 65_535
                || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("'" + address + "' is no address: write host:port");
        }
    }

    /// What `made` makes, or the refusal of a request that says what cannot be.
    static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.INVALID, String.valueOf(e.getMessage()))
                    .refused();
        }
    }
}

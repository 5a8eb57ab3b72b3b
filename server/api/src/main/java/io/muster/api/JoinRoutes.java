package io.muster.api;

import io.javalin.http.Context;
import io.muster.access.AccessCommand;
import io.muster.access.AccessReply;
import io.muster.access.InvitationView;
import io.muster.client.CertifyAnswer;
import io.muster.client.CertifyRequest;
import io.muster.client.JoinRequest;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.encoding.Sha256;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberChange;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.HexFormat;
import java.util.Optional;

/// How a node comes in that was invited. Neither route asks for a key: the invitation's secret stands for one, and both
/// may be repeated by the data folder that they have let in.
final class JoinRoutes {
    /// As they act on record, before there is any key.
    private static final String GUEST = "invitation/";

    private static final int SECRET_DIGITS = 64;

    private final ClusterPort cluster;
    private final Commands commands;
    private final Reads reads;
    private final MemberDecisions changes;

    JoinRoutes(ClusterPort cluster, Commands commands, Reads reads) {
        this.cluster = cluster;
        this.commands = commands;
        this.reads = reads;
        this.changes = new MemberDecisions(cluster);
    }

    /// Uses the invitation up, adds the node as a learner, and tells it what it needs: on the leader.
    void join(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, JoinRequest.class);
        requireThisCluster(asked);
        var change = MemberRoutes.valid(() -> new MemberChange.AddLearner(
                new NodeId(asked.node()),
                VoterId.parse(asked.identity()),
                MemberRoutes.addresses(asked.nodeAddress(), asked.apiAddress())));
        reads.awaitBarrier();
        InvitationView view = find(asked.invitation(), hash(asked.secret()));
        if (!view.invitation().node().equals(change.node())) {
            throw Refusal.of(
                            ProblemType.MEMBERS_CONFLICT,
                            "this invitation is for " + view.invitation().node() + ", not for " + change.node())
                    .refused();
        }
        redeem(ctx, asked, change.identity());
        Optional<MemberStatus> known = member(change.node(), change.identity());
        if (known.isEmpty()) {
            changes.make(ctx, change);
        } else if (!known.get().addresses().equals(Optional.of(change.addresses()))) {
            changes.make(ctx, new MemberChange.Readdress(change.node(), change.addresses()));
        }
        Answers.json(ctx, 200, cluster.admissions().answer());
    }

    /// Signs the certificate of a node that was let in, in its name and for the addresses under which it was added: on
    /// any node that can.
    void certify(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, CertifyRequest.class);
        VoterId identity = MemberRoutes.valid(() -> VoterId.parse(asked.identity()));
        InvitationView view = find(asked.invitation(), hash(asked.secret()));
        NodeId node = view.invitation().node();
        MemberAddresses addresses = member(node, identity)
                .filter(_ -> view.letIn(node, identity))
                .flatMap(MemberStatus::addresses)
                .orElseThrow(
                        () -> Refusal.of(ProblemType.NOT_READY, node + " is not a member yet, as this node knows it")
                                .retryAfter(1)
                                .refused());
        switch (cluster.admissions().certify(node.value(), addresses, asked.request())) {
            case Admissions.Certificate.Signed(String pem) -> Answers.json(ctx, 200, new CertifyAnswer(pem));
            case Admissions.Certificate.NoAuthority(String reason) ->
                throw Refusal.of(ProblemType.NO_AUTHORITY, reason).refused();
            case Admissions.Certificate.Unfit(String reason) ->
                throw Refusal.of(ProblemType.INVALID, reason).refused();
        }
    }

    private void requireThisCluster(JoinRequest asked) {
        String own = cluster.cluster().toString();
        if (!asked.cluster().equals(own)) {
            throw Refusal.of(
                            ProblemType.INVITATION_UNKNOWN,
                            "this invitation is for the cluster " + asked.cluster() + ", and this node belongs to "
                                    + own)
                    .refused();
        }
    }

    /// An unknown invitation and a wrong secret are answered alike.
    private InvitationView find(String id, Bytes hash) throws InterruptedException {
        return reads.read(state -> state.access().invitations()).stream()
                .filter(view -> view.invitation().id().equals(id) && view.isProvenBy(hash))
                .findFirst()
                .orElseThrow(JoinRoutes::unknown);
    }

    private void redeem(Context ctx, JoinRequest asked, VoterId identity) throws InterruptedException {
        var guest = new InvitationView.Guest(identity, aim(asked.aim()));
        var wish = MemberRoutes.valid(() -> new AccessCommand.Redeem(asked.invitation(), hash(asked.secret()), guest));
        switch (commands.carryOut(ctx, GUEST + asked.invitation(), wish, AccessReply.class)
                .reply()) {
            case AccessReply.Done() -> {}
            case AccessReply.NotThere() -> throw unknown();
            case AccessReply.Expired(long micros) ->
                throw Refusal.of(
                                ProblemType.INVITATION_EXPIRED,
                                "this invitation expired at " + JobViews.instant(micros) + ": ask for another")
                        .refused();
            case AccessReply.Revoked() ->
                throw Refusal.of(ProblemType.INVITATION_REVOKED, "this invitation was taken back: ask for another")
                        .refused();
            case AccessReply.Used() ->
                throw Refusal.of(
                                ProblemType.INVITATION_USED,
                                "this invitation has let in " + asked.node() + " from another data folder, and lets in "
                                        + "no other: ask for another")
                        .refused();
            case AccessReply.AlreadyThere(), AccessReply.LastAdminKey(), AccessReply.Full _ ->
                throw new InvariantViolation("none of these answers a guest");
        }
    }

    private Optional<MemberStatus> member(NodeId node, VoterId identity) {
        return cluster.status().members().stream()
                .filter(member -> member.id().equals(node) && member.identity().equals(Optional.of(identity)))
                .findFirst();
    }

    private static InvitationView.Aim aim(String word) {
        return switch (word) {
            case "voter" -> InvitationView.Aim.VOTER;
            case "learner" -> InvitationView.Aim.LEARNER;
            default ->
                throw Refusal.of(ProblemType.INVALID, "aim '" + word + "' is not known: use voter or learner")
                        .refused();
        };
    }

    private static Bytes hash(String secret) {
        if (secret.length() != SECRET_DIGITS) {
            throw unknown();
        }
        try {
            return Sha256.of(Bytes.wrap(HexFormat.of().parseHex(secret)));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RuntimeException unknown() {
        return Refusal.of(
                        ProblemType.INVITATION_UNKNOWN,
                        "this cluster knows no such invitation: ask for one by muster member invite")
                .refused();
    }
}

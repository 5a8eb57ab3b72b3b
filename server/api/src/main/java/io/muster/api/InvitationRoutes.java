package io.muster.api;

import io.javalin.http.Context;
import io.muster.access.AccessCommand;
import io.muster.access.AccessReply;
import io.muster.access.Invitation;
import io.muster.access.InvitationView;
import io.muster.access.KeyText;
import io.muster.client.InvitationDocument;
import io.muster.client.InvitationPage;
import io.muster.client.InvitationRequest;
import io.muster.client.JoinToken;
import io.muster.client.NewInvitation;
import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.http.Answers;
import io.muster.http.Commands;
import io.muster.http.ProblemType;
import io.muster.http.Reads;
import io.muster.http.Refusal;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `/v1/cluster/invitations`: give, list and revoke invitations. A secret is drawn here, shown once, and never written
/// anywhere.
final class InvitationRoutes {
    /// Long enough to walk to a machine, too short to be found in a drawer.
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    /// A month; what is given for longer is a key, and there are keys.
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final String NUMBERED = "node-";

    private final ClusterPort cluster;
    private final Commands commands;
    private final Reads reads;
    private final SecureRandom random = new SecureRandom();

    InvitationRoutes(ClusterPort cluster, Commands commands, Reads reads) {
        this.cluster = cluster;
        this.commands = commands;
        this.reads = reads;
    }

    /// What is known of a moment.
    private record Seen(List<InvitationView> invitations, long nowMicros) {
        static Seen of(ClusterState state) {
            return new Seen(state.access().invitations(), state.micros());
        }
    }

    void list(Context ctx) throws InterruptedException {
        Seen seen = reads.read(ctx, Seen::of);
        var items = seen.invitations().stream()
                .map(view -> view(view, seen.nowMicros()))
                .sorted(Comparator.comparing(InvitationDocument::id))
                .toList();
        var page = NamedPage.of(ctx, items, InvitationDocument::id);
        Answers.json(ctx, 200, new InvitationPage(page.items(), page.next()));
    }

    /// Gives an invitation. The answer to this request is the only place where its token ever stands.
    void give(Context ctx) throws InterruptedException {
        var asked = Answers.body(ctx, InvitationRequest.class);
        Seen seen = reads.read(Seen::of);
        KeyText text = draw();
        Invitation invitation = MemberRoutes.valid(() -> invitation(asked, seen, text));
        requireSensible(invitation);
        carryOut(ctx, new AccessCommand.Invite(invitation));
        Seen after = reads.read(Seen::of);
        InvitationView given = after.invitations().stream()
                .filter(view -> view.invitation().id().equals(invitation.id()))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                                ProblemType.CONFLICT,
                                "an invitation was given for this Idempotency-Key before, and its token was shown then"
                                        + " and never again: revoke it, and ask with a new Idempotency-Key")
                        .refused());
        InvitationDocument view = view(given, after.nowMicros());
        String secret = HexFormat.of().formatHex(text.secret().array());
        var token = JoinToken.of(
                cluster.cluster().toString(),
                view,
                secret,
                servers(),
                cluster.admissions().authorities());
        Answers.json(ctx, 201, new NewInvitation(view, token.reveal()));
    }

    void revoke(Context ctx) throws InterruptedException {
        AccessCommand command;
        try {
            command = new AccessCommand.RevokeInvitation(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()))
                    .refused();
        }
        carryOut(ctx, command);
        ctx.status(204);
    }

    private Invitation invitation(InvitationRequest asked, Seen seen, KeyText text) {
        var node = new NodeId(asked.node() == null ? nextName(seen) : asked.node());
        long seconds = asked.expiresSeconds() == null ? USUAL_LIFE.toSeconds() : asked.expiresSeconds();
        if (seconds < 1 || seconds > LONGEST_LIFE.toSeconds()) {
            throw new IllegalArgumentException("an invitation cannot last " + seconds + " seconds: use 1 to "
                    + LONGEST_LIFE.toSeconds() + ", which is " + LONGEST_LIFE.toDays() + " days");
        }
        String replaces = asked.replaces() == null ? "" : new NodeId(asked.replaces()).value();
        return new Invitation(text.id(), node, replaces, text.hash(), seen.nowMicros() + seconds * 1_000_000);
    }

    /// One more than the highest number that a member or an invitation has.
    private String nextName(Seen seen) {
        var names = cluster.status().members().stream()
                .map(member -> member.id().value())
                .collect(Collectors.toCollection(TreeSet::new));
        seen.invitations().forEach(view -> names.add(view.invitation().node().value()));
        int highest = 0;
        for (String name : names) {
            if (name.matches(NUMBERED + "[0-9]{1,6}")) {
                highest = Math.max(highest, Integer.parseInt(name.substring(NUMBERED.length())));
            }
        }
        return NUMBERED + (highest + 1);
    }

    private void requireSensible(Invitation invitation) {
        Set<NodeId> members =
                cluster.status().members().stream().map(MemberStatus::id).collect(Collectors.toSet());
        if (members.contains(invitation.node())) {
            throw Refusal.of(
                            ProblemType.MEMBERS_CONFLICT,
                            invitation.node() + " is a member already: choose another name with --node, and "
                                    + "--replace " + invitation.node() + " where it is to come in its place")
                    .refused();
        }
        if (!invitation.replaces().isEmpty() && !members.contains(new NodeId(invitation.replaces()))) {
            throw Refusal.of(ProblemType.NOT_FOUND, invitation.replaces() + " is no member, so nobody can replace it")
                    .refused();
        }
    }

    private List<String> servers() {
        return cluster.status().members().stream()
                .flatMap(member -> cluster.apiAddress(member.id()).stream())
                .map(URI::toString)
                .toList();
    }

    private KeyText draw() {
        byte[] id = new byte[KeyText.ID_BYTES];
        byte[] secret = new byte[KeyText.SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new KeyText(HexFormat.of().formatHex(id), Bytes.wrap(secret));
    }

    private void carryOut(Context ctx, AccessCommand command) throws InterruptedException {
        switch (commands.carryOut(ctx, command, AccessReply.class).reply()) {
            case AccessReply.Done() -> {}
            case AccessReply.AlreadyThere() ->
                throw Refusal.of(ProblemType.CONFLICT, "there is an invitation of that id already: ask again")
                        .refused();
            case AccessReply.NotThere() ->
                throw Refusal.of(ProblemType.NOT_FOUND, "there is no such invitation")
                        .refused();
            case AccessReply.Used() ->
                throw Refusal.of(
                                ProblemType.CONFLICT,
                                "a node has come with this invitation: muster member remove takes that node out")
                        .refused();
            case AccessReply.Full(int limit) ->
                throw Refusal.of(
                                ProblemType.LIMIT_REACHED,
                                "there are " + limit + " invitations that can be used: revoke some first")
                        .refused();
            case AccessReply.LastAdminKey(), AccessReply.Expired _, AccessReply.Revoked _ ->
                throw new InvariantViolation(
                        "none of these answers " + command.kind().name());
        }
    }

    private static InvitationDocument view(InvitationView view, long nowMicros) {
        Invitation invitation = view.invitation();
        boolean isOver = nowMicros >= invitation.expiresMicros();
        return new InvitationDocument(
                invitation.id(),
                invitation.node().value(),
                invitation.replaces().isEmpty() ? null : invitation.replaces(),
                switch (view.standing()) {
                    case InvitationView.Redemption.Open() -> isOver ? "expired" : "open";
                    case InvitationView.Redemption.Revoked() -> "revoked";
                    case InvitationView.Redemption.Used _ -> "used";
                    case InvitationView.Redemption.Settled _ -> "settled";
                },
                switch (view.standing()) {
                    case InvitationView.Redemption.Open(), InvitationView.Redemption.Revoked() -> null;
                    case InvitationView.Redemption.Used(var guest) ->
                        guest.identity().toString();
                    case InvitationView.Redemption.Settled(var guest) ->
                        guest.identity().toString();
                },
                JobViews.instant(view.createdMicros()),
                JobViews.instant(invitation.expiresMicros()));
    }
}

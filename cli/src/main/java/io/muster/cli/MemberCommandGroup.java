package io.muster.cli;

import io.muster.client.InvitationDocument;
import io.muster.client.InvitationRequest;
import io.muster.client.MemberDocument;
import io.muster.client.MemberRequest;
import io.muster.client.MembersDocument;
import io.muster.client.MoveRequest;
import io.muster.client.MusterClient;
import io.muster.client.NewInvitation;
import io.muster.client.ReplaceRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster member`: who takes part in the cluster, and how that is changed.
@Command(
        name = "member",
        description = "Show who takes part; invite, promote, replace, move and remove members.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster member list",
            "  muster member invite",
            "  muster member invite --replace node-2 --expires 10m",
            "  muster member remove node-3",
            "",
            "A dead machine is replaced by one command here, muster member invite --replace NODE, and one on the new",
            "machine, muster node --join TOKEN. See docs/operations.md."
        })
public final class MemberCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    /// A change of members.
    private interface Change {
        MembersDocument make(MusterClient client) throws InterruptedException;
    }

    @Command(name = "list", description = "Show who takes part, and how far each is.", mixinStandardHelpOptions = true)
    int list() throws InterruptedException {
        return server.with(client -> {
            show(client.members());
            return ExitCode.WELL.number();
        });
    }

    @Command(
            name = "add",
            description = "Add a node as a learner, whose data folder was begun otherwise than by muster node --join.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NODE", description = "Its name.") String node,
            @Option(
                            names = "--identity",
                            paramLabel = "HEX",
                            required = true,
                            description = "Which data folder it is: 32 hexadecimal digits.")
                    String identity,
            @Option(
                            names = "--node-address",
                            paramLabel = "HOST:PORT",
                            required = true,
                            description = "Where other nodes reach it.")
                    String nodeAddress,
            @Option(names = "--api", paramLabel = "HOST:PORT", required = true, description = "Where its API answers.")
                    String api,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        var request = new MemberRequest(node, identity, nodeAddress, api);
        return change(idempotency, client -> client.addMember(request));
    }

    @Command(
            name = "promote",
            description = "Give a learner that has caught up a vote.",
            mixinStandardHelpOptions = true)
    int promote(
            @Parameters(paramLabel = "NODE", description = "The learner.") String node,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return change(idempotency, client -> client.promoteMember(node));
    }

    @Command(
            name = "demote",
            description = "Take a voter's vote; it goes on receiving the log.",
            mixinStandardHelpOptions = true)
    int demote(
            @Parameters(paramLabel = "NODE", description = "The voter.") String node,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return change(idempotency, client -> client.demoteMember(node));
    }

    @Command(
            name = "remove",
            description = "End a member's part. Its process ends by itself; its data folder is of no use any more.",
            mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "NODE", description = "The member.") String node,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return change(idempotency, client -> client.removeMember(node));
    }

    @Command(
            name = "replace",
            description = "Let a learner that has caught up vote in the place of a voter, in one step.",
            mixinStandardHelpOptions = true)
    int replace(
            @Parameters(index = "0", paramLabel = "OLD", description = "The voter that goes.") String old,
            @Parameters(index = "1", paramLabel = "NEW", description = "The learner that comes.") String by,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return change(idempotency, client -> client.replaceMember(old, new ReplaceRequest(by)));
    }

    @Command(
            name = "move",
            description = "Say where a member is reached from now on; then start it there.",
            mixinStandardHelpOptions = true)
    int move(
            @Parameters(paramLabel = "NODE", description = "The member.") String node,
            @Option(
                            names = "--node-address",
                            paramLabel = "HOST:PORT",
                            required = true,
                            description = "Where other nodes reach it.")
                    String nodeAddress,
            @Option(names = "--api", paramLabel = "HOST:PORT", required = true, description = "Where its API answers.")
                    String api,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return change(idempotency, client -> client.moveMember(node, new MoveRequest(nodeAddress, api)));
    }

    @Command(
            name = "invite",
            description = "Make a token that lets one new node join, once: muster node --join TOKEN.",
            mixinStandardHelpOptions = true)
    int invite(
            @Option(names = "--node", paramLabel = "NODE", description = "Its name (default: the next free node-N).")
                    @Nullable String node,
            @Option(
                            names = "--replace",
                            paramLabel = "NODE",
                            description = "The voter in whose place it comes, such as one whose machine is dead.")
                    @Nullable String replace,
            @Option(
                            names = "--expires",
                            paramLabel = "DURATION",
                            defaultValue = "1h",
                            converter = DurationText.class,
                            description = "For how long it can be used, such as 10m (default: ${DEFAULT-VALUE}).")
                    Duration expires,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        idempotency.check();
        var request = new InvitationRequest(node, replace, expires.toSeconds());
        return server.with(client -> {
            NewInvitation made = idempotency.write(client, keyed -> keyed.invite(request));
            if (printing.isJson()) {
                Printing.json(spec, made);
            } else {
                InvitationDocument invitation = made.invitation();
                Printing.line(
                        spec,
                        invitation.id() + "  lets " + invitation.node() + " in until " + invitation.expiresAt()
                                + "; on that machine:");
                Printing.line(spec, "muster node --join " + made.token() + " --data DIR");
            }
            return ExitCode.WELL.number();
        });
    }

    @Command(
            name = "invitations",
            description = "List invitations, without their secrets.",
            mixinStandardHelpOptions = true)
    int invitations() throws InterruptedException {
        return server.with(client -> {
            if (printing.isJson()) {
                Printing.json(spec, client.invitations());
                return ExitCode.WELL.number();
            }
            var table = new TextTable("INVITATION", "NODE", "REPLACES", "STATUS", "EXPIRES", "IDENTITY");
            for (InvitationDocument each : client.invitations().items()) {
                table.row(each.id(), each.node(), each.replaces(), each.status(), each.expiresAt(), each.identity());
            }
            Printing.table(spec, table);
            return ExitCode.WELL.number();
        });
    }

    @Command(
            name = "revoke",
            description = "Take an invitation back that nobody has used.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "INVITATION", description = "Its id, as listed.") String id,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        idempotency.check();
        return server.with(client -> {
            idempotency.write(client, keyed -> {
                keyed.revokeInvitation(id);
                return id;
            });
            if (!printing.isJson()) {
                Printing.line(spec, id + "  revoked");
            }
            return ExitCode.WELL.number();
        });
    }

    private int change(IdempotencyOption idempotency, Change change) throws InterruptedException {
        idempotency.check();
        return server.with(client -> {
            show(idempotency.write(client, change::make));
            return ExitCode.WELL.number();
        });
    }

    private void show(MembersDocument members) {
        if (printing.isJson()) {
            Printing.json(spec, members);
            return;
        }
        var table = new TextTable("NODE", "ROLE", "NODE ADDRESS", "API", "STORED", "BEHIND", "LEVEL", "IDENTITY");
        for (MemberDocument member : members.members()) {
            table.row(
                    member.node(),
                    member.role() + (member.leads() ? ", leads" : member.connected() ? "" : ", silent"),
                    member.nodeAddress(),
                    member.apiAddress(),
                    member.match(),
                    member.missing(),
                    member.featureLevel(),
                    member.identity());
        }
        Printing.table(spec, table);
        if (members.changing()) {
            Printing.line(spec, "a change of members is under way");
        }
    }
}

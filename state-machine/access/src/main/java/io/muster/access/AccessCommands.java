package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.List;

/// The bodies of access commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class AccessCommands {
    public static final CommandKind<AccessCommand> ADD_KEY =
            new CommandKind<>(0x0401, "access.add-key", 1, 1, (body, _) -> new AccessCommand.AddKey(readKey(body)));
    public static final CommandKind<AccessCommand> ADD_FIRST_KEY = new CommandKind<>(
            0x0402, "access.add-first-key", 1, 1, (body, _) -> new AccessCommand.AddFirstKey(readKey(body)));
    public static final CommandKind<AccessCommand> REVOKE_KEY = new CommandKind<>(
            0x0403,
            "access.revoke-key",
            1,
            1,
            (body, _) -> new AccessCommand.RevokeKey(body.text(AccessLimits.MAX_NAME_BYTES)));

    /// From this feature level on there are invitations and decisions about members.
    private static final int MEMBERS_LEVEL = 2;

    public static final CommandKind<AccessCommand> INVITE = new CommandKind<AccessCommand>(
                    0x0404,
                    "access.invite",
                    1,
                    MEMBERS_LEVEL,
                    (body, _) -> new AccessCommand.Invite(readInvitation(body)))
            .asWork();
    public static final CommandKind<AccessCommand> REDEEM = new CommandKind<AccessCommand>(
                    0x0405,
                    "access.redeem",
                    1,
                    MEMBERS_LEVEL,
                    (body, _) -> new AccessCommand.Redeem(
                            body.text(AccessLimits.MAX_NAME_BYTES),
                            Bytes.wrap(body.raw(AccessLimits.HASH_BYTES)),
                            readGuest(body)))
            .asWork();
    public static final CommandKind<AccessCommand> REVOKE_INVITATION = new CommandKind<AccessCommand>(
                    0x0406,
                    "access.revoke-invitation",
                    1,
                    MEMBERS_LEVEL,
                    (body, _) -> new AccessCommand.RevokeInvitation(body.text(AccessLimits.MAX_NAME_BYTES)))
            .asWork();
    public static final CommandKind<AccessCommand> SETTLE = new CommandKind<AccessCommand>(
                    0x0407, "access.settle", 1, MEMBERS_LEVEL, (body, _) -> new AccessCommand.Settle(readNode(body)))
            .asWork();
    public static final CommandKind<AccessCommand> DECIDE_MEMBER = new CommandKind<AccessCommand>(
                    0x0408,
                    "access.decide-member",
                    1,
                    MEMBERS_LEVEL,
                    (body, _) -> new AccessCommand.DecideMember(
                            readAct(body.u8()), readNode(body), body.text(AccessLimits.MAX_NOTE_BYTES)))
            .asWork();

    /// All kinds of command for the access ledger.
    public static final List<CommandKind<AccessCommand>> KINDS =
            List.of(ADD_KEY, ADD_FIRST_KEY, REVOKE_KEY, INVITE, REDEEM, REVOKE_INVITATION, SETTLE, DECIDE_MEMBER);

    /// The order in which acts are stored, whatever the order they are written down in.
    private static final List<MemberAct> ACTS = List.of(
            MemberAct.ADD, MemberAct.PROMOTE, MemberAct.DEMOTE, MemberAct.REMOVE, MemberAct.REPLACE, MemberAct.MOVE);

    /// The order in which roles are stored, whatever the order they are written down in.
    private static final List<Role> ROLES = List.of(Role.VIEWER, Role.OPERATOR, Role.WORKER, Role.ADMIN);

    private AccessCommands() {}

    static CommandKind<AccessCommand> kind(AccessCommand command) {
        return switch (command) {
            case AccessCommand.AddKey _ -> ADD_KEY;
            case AccessCommand.AddFirstKey _ -> ADD_FIRST_KEY;
            case AccessCommand.RevokeKey _ -> REVOKE_KEY;
            case AccessCommand.Invite _ -> INVITE;
            case AccessCommand.Redeem _ -> REDEEM;
            case AccessCommand.RevokeInvitation _ -> REVOKE_INVITATION;
            case AccessCommand.Settle _ -> SETTLE;
            case AccessCommand.DecideMember _ -> DECIDE_MEMBER;
        };
    }

    static Bytes encode(AccessCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case AccessCommand.AddKey(var key) -> writeKey(writer, key);
            case AccessCommand.AddFirstKey(var key) -> writeKey(writer, key);
            case AccessCommand.RevokeKey(var id) -> writer.text(id);
            case AccessCommand.Invite(var invitation) -> writeInvitation(writer, invitation);
            case AccessCommand.Redeem(var id, var hash, var guest) ->
                writeGuest(writer.text(id).raw(hash.array()), guest);
            case AccessCommand.RevokeInvitation(var id) -> writer.text(id);
            case AccessCommand.Settle(var node) -> writer.text(node.value());
            case AccessCommand.DecideMember(var act, var node, var detail) ->
                writer.u8(ACTS.indexOf(act)).text(node.value()).text(detail);
        }
        return Bytes.wrap(writer.toBytes());
    }

    static void writeKey(BinaryWriter writer, KeyRecord key) {
        writer.text(key.id())
                .text(key.principal())
                .u8(ROLES.indexOf(key.role()))
                .text(key.worker())
                .raw(key.hash().array())
                .text(key.note());
    }

    static KeyRecord readKey(BinaryReader reader) {
        return new KeyRecord(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                readRole(reader),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)),
                reader.text(AccessLimits.MAX_NOTE_BYTES));
    }

    static void writeInvitation(BinaryWriter writer, Invitation invitation) {
        writer.text(invitation.id())
                .text(invitation.node().value())
                .text(invitation.replaces())
                .raw(invitation.hash().array())
                .varint(invitation.expiresMicros());
    }

    static Invitation readInvitation(BinaryReader reader) {
        return new Invitation(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                readNode(reader),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)),
                reader.varint());
    }

    static void writeGuest(BinaryWriter writer, InvitationView.Guest guest) {
        writer.i64(guest.identity().high()).i64(guest.identity().low()).flag(guest.aim() == InvitationView.Aim.VOTER);
    }

    static InvitationView.Guest readGuest(BinaryReader reader) {
        return new InvitationView.Guest(
                new VoterId(reader.i64(), reader.i64()),
                reader.flag() ? InvitationView.Aim.VOTER : InvitationView.Aim.LEARNER);
    }

    private static NodeId readNode(BinaryReader reader) {
        return new NodeId(reader.text(AccessLimits.MAX_NAME_BYTES));
    }

    private static MemberAct readAct(int place) {
        if (place >= ACTS.size()) {
            throw new MalformedException("act " + place + " on a member is not known here");
        }
        return ACTS.get(place);
    }

    static void writeAct(BinaryWriter writer, Act act) {
        writer.text(act.principal())
                .text(act.action())
                .text(act.target())
                .flag(act.authorization() == Act.Authorization.ALLOWED)
                .text(act.note());
    }

    static Act readAct(BinaryReader reader) {
        return new Act(
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NAME_BYTES),
                reader.text(AccessLimits.MAX_NOTE_BYTES),
                reader.flag() ? Act.Authorization.ALLOWED : Act.Authorization.DENIED,
                reader.text(AccessLimits.MAX_NOTE_BYTES));
    }

    private static Role readRole(BinaryReader reader) {
        int place = reader.u8();
        if (place >= ROLES.size()) {
            throw new MalformedException("role " + place + " is not known here");
        }
        return ROLES.get(place);
    }
}

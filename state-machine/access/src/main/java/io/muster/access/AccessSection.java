package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.FrozenSection;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import java.util.List;
import java.util.function.Consumer;

/// The access ledger as a section of a snapshot; two ledgers with equal bytes are equal.
///
/// @param keys in the order in which they were added
/// @param chainStart the hash that the first kept decision carries on from
/// @param nextNumber the number of the next decision
/// @param decisions those that are kept, oldest first
/// @param invitations in the order in which they were given; without any, the section is as before there were any
record AccessSection(
        List<KeyView> keys,
        Bytes chainStart,
        long nextNumber,
        List<Decision> decisions,
        List<InvitationView> invitations)
        implements FrozenSection {
    private static final int VERSION = 2;
    private static final int CHAIN = 1;
    private static final int KEYS = 2;
    private static final int DECISIONS = 3;
    private static final int INVITATIONS = 4;

    private static final int OPEN = 1;
    private static final int REVOKED = 2;
    private static final int USED = 3;
    private static final int SETTLED = 4;

    @Override
    public void write(Consumer<Bytes> chunks) {
        long first = nextNumber - decisions.size();
        new SectionWriter(VERSION, chunks)
                .single(CHAIN, writer -> writer.raw(chainStart.array()).varint(first))
                .part(KEYS, keys, AccessSection::writeKey)
                .part(DECISIONS, decisions, AccessSection::writeDecision)
                .part(INVITATIONS, invitations, AccessSection::writeInvitation)
                .end();
    }

    static void fill(AccessLedger ledger, Iterable<Bytes> chunks) {
        SectionReader.read(ledger.name(), VERSION, chunks, (part, reader) -> {
            switch (part) {
                case CHAIN ->
                    ledger.restore(new DecisionChain(Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)), reader.varint()));
                case KEYS -> ledger.restore(readKey(reader));
                case DECISIONS -> ledger.restore(readDecision(reader));
                case INVITATIONS -> ledger.restore(readInvitation(reader));
                default -> throw new MalformedException("access has no part " + part);
            }
        });
    }

    private static void writeKey(BinaryWriter writer, KeyView view) {
        AccessCommands.writeKey(writer, view.key());
        writer.varint(view.createdMicros()).flag(view.isUsable());
    }

    private static KeyView readKey(BinaryReader reader) {
        return new KeyView(
                AccessCommands.readKey(reader),
                reader.varint(),
                reader.flag() ? KeyView.Status.USABLE : KeyView.Status.REVOKED);
    }

    private static void writeDecision(BinaryWriter writer, Decision decision) {
        writer.varint(decision.number()).varint(decision.index()).varint(decision.micros());
        AccessCommands.writeAct(writer, decision.act());
        writer.raw(decision.hash().array());
    }

    private static Decision readDecision(BinaryReader reader) {
        return new Decision(
                reader.varint(),
                reader.varint(),
                reader.varint(),
                AccessCommands.readAct(reader),
                Bytes.wrap(reader.raw(AccessLimits.HASH_BYTES)));
    }

    private static void writeInvitation(BinaryWriter writer, InvitationView view) {
        AccessCommands.writeInvitation(writer, view.invitation());
        writer.varint(view.createdMicros()).u8(code(view.standing()));
        switch (view.standing()) {
            case InvitationView.Redemption.Open(), InvitationView.Redemption.Revoked() -> {}
            case InvitationView.Redemption.Used(var guest) -> AccessCommands.writeGuest(writer, guest);
            case InvitationView.Redemption.Settled(var guest) -> AccessCommands.writeGuest(writer, guest);
        }
    }

    static int code(InvitationView.Redemption standing) {
        return switch (standing) {
            case InvitationView.Redemption.Open() -> OPEN;
            case InvitationView.Redemption.Revoked() -> REVOKED;
            case InvitationView.Redemption.Used _ -> USED;
            case InvitationView.Redemption.Settled _ -> SETTLED;
        };
    }

    private static InvitationView readInvitation(BinaryReader reader) {
        return new InvitationView(AccessCommands.readInvitation(reader), reader.varint(), readStanding(reader));
    }

    private static InvitationView.Redemption readStanding(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case OPEN -> new InvitationView.Redemption.Open();
            case REVOKED -> new InvitationView.Redemption.Revoked();
            case USED -> new InvitationView.Redemption.Used(AccessCommands.readGuest(reader));
            case SETTLED -> new InvitationView.Redemption.Settled(AccessCommands.readGuest(reader));
            default -> throw new MalformedException("no invitation stands at " + number);
        };
    }
}

package io.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.access.InvitationView.Aim;
import io.muster.access.InvitationView.Guest;
import io.muster.access.InvitationView.Redemption;
import io.muster.encoding.Bytes;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import io.muster.log.VoterId;
import org.junit.jupiter.api.Test;

final class InvitationsTest {
    private static final String ID = "0000000000aa";
    private static final NodeId NODE_4 = new NodeId("node-4");
    private static final Bytes HASH = hash(1);
    private static final Guest GUEST = new Guest(new VoterId(1, 2), Aim.VOTER);
    private static final Guest OTHER = new Guest(new VoterId(3, 4), Aim.VOTER);
    private static final long EXPIRES = 60_000_000;

    private final AccessLedger ledger = new AccessLedger(() -> {});
    private long index;
    private long micros = 1_000;

    @Test
    void an_invitation_lets_one_data_folder_in_however_often_it_comes() {
        give(ID);

        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Done());
        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Done());
        assertThat(redeem(HASH, OTHER)).isEqualTo(new AccessReply.Used());
        assertThat(only().standing()).isEqualTo(new Redemption.Used(GUEST));
        assertThat(only().letIn(NODE_4, GUEST.identity())).isTrue();
        assertThat(only().letIn(NODE_4, OTHER.identity())).isFalse();
    }

    @Test
    void an_invitation_that_has_expired_lets_nobody_in() {
        give(ID);
        micros = EXPIRES;

        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Expired(EXPIRES));
        assertThat(only().isOpen()).isTrue();
    }

    @Test
    void who_was_let_in_in_time_may_come_again_later() {
        give(ID);
        redeem(HASH, GUEST);
        micros = EXPIRES + 1;

        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Done());
    }

    @Test
    void a_wrong_secret_is_answered_like_an_invitation_that_is_not_there() {
        give(ID);

        assertThat(redeem(hash(2), GUEST)).isEqualTo(new AccessReply.NotThere());
        assertThat(apply(new AccessCommand.Redeem("0000000000bb", HASH, GUEST))).isEqualTo(new AccessReply.NotThere());
    }

    @Test
    void one_that_was_taken_back_lets_nobody_in() {
        give(ID);

        assertThat(apply(new AccessCommand.RevokeInvitation(ID))).isEqualTo(new AccessReply.Done());
        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Revoked());
    }

    @Test
    void one_that_was_used_cannot_be_taken_back() {
        give(ID);
        redeem(HASH, GUEST);

        assertThat(apply(new AccessCommand.RevokeInvitation(ID))).isEqualTo(new AccessReply.Used());
        assertThat(redeem(HASH, GUEST)).isEqualTo(new AccessReply.Done());
    }

    @Test
    void a_guest_that_somebody_makes_something_else_is_not_on_its_way_any_more() {
        give(ID);
        redeem(HASH, GUEST);

        apply(new AccessCommand.DecideMember(MemberAct.DEMOTE, NODE_4, ""));

        assertThat(only().standing()).isEqualTo(new Redemption.Settled(GUEST));
    }

    @Test
    void one_that_is_over_gives_way_to_a_new_one_and_one_that_is_open_does_not() {
        for (int i = 0; i < AccessLimits.MAX_INVITATIONS; i++) {
            give("%012x".formatted(i));
        }

        assertThat(give(ID)).isEqualTo(new AccessReply.Full(AccessLimits.MAX_INVITATIONS));

        apply(new AccessCommand.RevokeInvitation("%012x".formatted(7)));
        assertThat(give(ID)).isEqualTo(new AccessReply.Done());
        assertThat(ledger.invitations()).hasSize(AccessLimits.MAX_INVITATIONS);
    }

    @Test
    void what_was_decided_about_a_member_stands_on_record_with_its_name() {
        var command = new AccessCommand.DecideMember(MemberAct.PROMOTE, NODE_4, "");

        ledger.apply(stamp(), command, Envelope.of(command, new Asker("ada", "", "")));

        Act act = ledger.decisions().getLast().act();
        assertThat(act.principal()).isEqualTo("ada");
        assertThat(act.action()).isEqualTo("members.promote");
        assertThat(act.target()).isEqualTo("node-4");
    }

    @Test
    void nobody_comes_in_the_place_of_itself() {
        assertThatThrownBy(() -> new Invitation(ID, NODE_4, "node-4", HASH, EXPIRES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the place of itself");
    }

    private AccessReply give(String id) {
        return apply(new AccessCommand.Invite(new Invitation(id, NODE_4, "", HASH, EXPIRES)));
    }

    private AccessReply redeem(Bytes hash, Guest guest) {
        return apply(new AccessCommand.Redeem(ID, hash, guest));
    }

    private InvitationView only() {
        assertThat(ledger.invitations()).hasSize(1);
        return ledger.invitations().getFirst();
    }

    private AccessReply apply(AccessCommand command) {
        return ledger.apply(stamp(), command);
    }

    private Stamp stamp() {
        index++;
        return new Stamp(1, index, 0, new LogTime(micros, 0));
    }

    private static Bytes hash(int first) {
        byte[] hash = new byte[AccessLimits.HASH_BYTES];
        hash[0] = (byte) first;
        return Bytes.wrap(hash);
    }
}

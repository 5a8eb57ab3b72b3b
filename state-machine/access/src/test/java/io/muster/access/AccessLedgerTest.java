package io.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.CommandContract;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.ReplyContract;
import io.muster.log.SectionContract;
import io.muster.log.Stamp;
import io.muster.log.VoterId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessLedgerTest {
    private static final KeyRecord ROOT = key("000000000001", Role.ADMIN, "");
    private static final KeyRecord OPS = key("000000000002", Role.OPERATOR, "");
    private static final KeyRecord NODE_2 = key("000000000003", Role.WORKER, "node-2");

    private static final InvitationView.Guest GUEST =
            new InvitationView.Guest(new VoterId(7, 9), InvitationView.Aim.VOTER);

    private final AccessLedger ledger = new AccessLedger(() -> {});
    private long index;

    @Test
    void no_key_is_called_unknown_before_the_first_administrator_is_known() {
        apply(new AccessCommand.AddKey(NODE_2));

        assertThat(ledger.keyring().identify(OPS.id(), OPS.hash())).isEqualTo(new Identity.NoKeysYet());
        assertThat(ledger.keyring().identify(NODE_2.id(), NODE_2.hash())).isInstanceOf(Identity.Known.class);

        apply(new AccessCommand.AddFirstKey(ROOT));
        assertThat(ledger.keyring().identify(OPS.id(), OPS.hash())).isEqualTo(new Identity.Unknown());
    }

    @Test
    void a_key_stands_for_its_principal_only_with_the_right_secret() {
        apply(new AccessCommand.AddFirstKey(ROOT));
        apply(new AccessCommand.AddKey(OPS));

        assertThat(ledger.keyring().identify(OPS.id(), OPS.hash()))
                .isEqualTo(new Identity.Known(OPS.id(), OPS.principal(), Role.OPERATOR, ""));
        assertThat(ledger.keyring().identify(OPS.id(), ROOT.hash())).isEqualTo(new Identity.Unknown());
        assertThat(ledger.keyring().identify("ffffffffffff", OPS.hash())).isEqualTo(new Identity.Unknown());
    }

    @Test
    void a_revoked_key_stays_revoked_and_listed() {
        apply(new AccessCommand.AddKey(ROOT));
        apply(new AccessCommand.AddKey(OPS));

        AccessReply reply = apply(new AccessCommand.RevokeKey(OPS.id()));

        assertThat(reply).isEqualTo(new AccessReply.Done());
        assertThat(ledger.keyring().identify(OPS.id(), OPS.hash())).isEqualTo(new Identity.Revoked(OPS.id()));
        assertThat(apply(new AccessCommand.AddKey(OPS))).isEqualTo(new AccessReply.AlreadyThere());
        assertThat(ledger.keys())
                .extracting(KeyView::status)
                .containsExactly(KeyView.Status.USABLE, KeyView.Status.REVOKED);
    }

    @Test
    void the_last_admin_key_cannot_be_revoked() {
        apply(new AccessCommand.AddFirstKey(ROOT));

        assertThat(apply(new AccessCommand.RevokeKey(ROOT.id()))).isEqualTo(new AccessReply.LastAdminKey());

        apply(new AccessCommand.AddKey(key("000000000009", Role.ADMIN, "")));
        assertThat(apply(new AccessCommand.RevokeKey(ROOT.id()))).isEqualTo(new AccessReply.Done());
    }

    @Test
    void only_the_first_of_two_first_keys_counts() {
        AccessReply first = apply(new AccessCommand.AddFirstKey(ROOT));
        AccessReply second = apply(new AccessCommand.AddFirstKey(key("00000000000a", Role.ADMIN, "")));

        assertThat(first).isEqualTo(new AccessReply.Done());
        assertThat(second).isEqualTo(new AccessReply.AlreadyThere());
        assertThat(ledger.keys()).hasSize(1);
    }

    @Test
    void a_workers_key_works_only_under_its_own_name() {
        apply(new AccessCommand.AddKey(NODE_2));

        var identity = (Identity.Known) ledger.keyring().identify(NODE_2.id(), NODE_2.hash());

        assertThat(identity.mayWorkAs("node-2")).isTrue();
        assertThat(identity.mayWorkAs("node-1")).isFalse();
        assertThatThrownBy(() -> key("000000000004", Role.WORKER, "")).hasMessageContaining("must be bound");
    }

    @Test
    void each_role_may_do_what_the_table_says_and_nothing_else() {
        assertThat(allowed(Role.VIEWER)).containsExactly(Permission.READ);
        assertThat(allowed(Role.OPERATOR)).containsExactly(Permission.READ, Permission.OPERATE);
        assertThat(allowed(Role.WORKER)).containsExactly(Permission.WORK);
        assertThat(allowed(Role.ADMIN)).containsExactly(Permission.values());
    }

    @Test
    void a_full_table_forgets_the_oldest_revoked_key_and_never_a_usable_one() {
        apply(new AccessCommand.AddKey(ROOT));
        for (int i = 1; i < AccessLimits.MAX_KEYS; i++) {
            apply(new AccessCommand.AddKey(key(String.format("%012x", 0x1000 + i), Role.VIEWER, "")));
        }
        assertThat(apply(new AccessCommand.AddKey(OPS))).isInstanceOf(AccessReply.Full.class);

        apply(new AccessCommand.RevokeKey(String.format("%012x", 0x1001)));

        assertThat(apply(new AccessCommand.AddKey(OPS))).isEqualTo(new AccessReply.Done());
        assertThat(ledger.keys()).hasSize(AccessLimits.MAX_KEYS);
    }

    @Test
    void a_decision_that_was_changed_or_left_out_breaks_the_chain() {
        for (int i = 0; i < 5; i++) {
            note("jobs.cancel " + i);
        }
        assertThat(proof(ledger))
                .isEqualTo(new DecisionProof.Intact(ledger.decisions().getLast().hash(), 5));

        List<Decision> changed = new ArrayList<>(ledger.decisions());
        Decision third = changed.get(2);
        var denied = new Act("ops", "jobs.cancel 2", "", Act.Authorization.DENIED, "");
        changed.set(2, new Decision(3, third.index(), third.micros(), denied, third.hash()));
        List<Decision> shortened = new ArrayList<>(ledger.decisions());
        shortened.remove(2);

        assertThat(DecisionProof.check(ledger.chainStart(), changed)).isEqualTo(new DecisionProof.BrokenAt(3));
        assertThat(DecisionProof.check(ledger.chainStart(), shortened)).isEqualTo(new DecisionProof.BrokenAt(3));
    }

    @Test
    void the_chain_stays_whole_when_old_decisions_give_way() {
        for (int i = 0; i < AccessLimits.MAX_DECISIONS + 3; i++) {
            note("jobs.submit");
        }

        assertThat(ledger.decisions()).hasSize(AccessLimits.MAX_DECISIONS);
        assertThat(ledger.decisions().getFirst().number()).isEqualTo(4);
        assertThat(proof(ledger)).isInstanceOf(DecisionProof.Intact.class);
    }

    @Test
    void a_key_reads_back_from_its_text() {
        var key = new KeyText("0123456789ab", Bytes.wrap(new byte[KeyText.SECRET_BYTES]));

        assertThat(KeyText.parse(key.reveal())).isEqualTo(key);
        assertThat(key.hash().size()).isEqualTo(AccessLimits.HASH_BYTES);
    }

    @Test
    void a_key_never_shows_its_secret_in_a_log_line() {
        var key = new KeyText("0123456789ab", Bytes.wrap(new byte[KeyText.SECRET_BYTES]));

        assertThat(key.toString()).doesNotContain("00000000");
        assertThatThrownBy(() -> KeyText.parse("muster_0123_zz"))
                .hasMessageContaining("no API key")
                .hasMessageNotContaining("zz");
    }

    @Test
    void the_stored_forms_never_change() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        for (AccessCommand command : everyCommand()) {
            apply(command);
            forms.put(
                    Integer.toHexString(command.kind().number()),
                    command.encode().array());
        }
        index++;
        ledger.record(stamp(), new Act("ops", "keys.create", "000000000003", Act.Authorization.DENIED, "not an admin"));
        forms.putAll(SectionContract.forms(ledger.freeze()));
        forms.putAll(ReplyContract.check(ledger.replies(), AccessReply.class, everyReply()));

        Golden.check("access.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        CommandContract.check(AccessCommand.class, AccessCommands.KINDS, everyCommand());
    }

    @Test
    void a_ledger_read_back_from_its_snapshot_is_the_same_and_goes_on_the_same() {
        everyCommand().forEach(this::apply);

        var copy = new AccessLedger(() -> {});
        copy.fill(SectionContract.chunks(ledger.freeze()));
        var stamp = new Stamp(2, 100, 0, new LogTime(9_000, 0));
        var act = new Act("ops", "jobs.retry", "job-1", Act.Authorization.ALLOWED, "");
        copy.record(stamp, act);
        ledger.record(stamp, act);

        assertThat(SectionContract.chunks(copy.freeze())).isEqualTo(SectionContract.chunks(ledger.freeze()));
        assertThat(proof(copy)).isEqualTo(proof(ledger));
    }

    @Test
    void its_section_reads_back_whole_or_not_at_all() {
        everyCommand().forEach(this::apply);

        SectionContract.check(ledger, () -> new AccessLedger(() -> {}));
    }

    private static List<AccessReply> everyReply() {
        return List.of(
                new AccessReply.Done(),
                new AccessReply.AlreadyThere(),
                new AccessReply.NotThere(),
                new AccessReply.LastAdminKey(),
                new AccessReply.Full(AccessLimits.MAX_KEYS),
                new AccessReply.Expired(7),
                new AccessReply.Revoked(),
                new AccessReply.Used());
    }

    private static List<AccessCommand> everyCommand() {
        return List.of(
                new AccessCommand.AddFirstKey(ROOT),
                new AccessCommand.AddKey(NODE_2),
                new AccessCommand.RevokeKey(NODE_2.id()),
                new AccessCommand.Invite(invitation("0000000000a1")),
                new AccessCommand.Invite(invitation("0000000000a2")),
                new AccessCommand.Invite(invitation("0000000000a3")),
                new AccessCommand.Invite(invitation("0000000000a4")),
                new AccessCommand.Redeem("0000000000a1", ROOT.hash(), GUEST),
                new AccessCommand.Settle(new NodeId("node-0000000000a1")),
                new AccessCommand.Redeem("0000000000a2", ROOT.hash(), GUEST),
                new AccessCommand.RevokeInvitation("0000000000a3"),
                new AccessCommand.DecideMember(MemberAct.REPLACE, new NodeId("node-5"), "of node-3"));
    }

    private static Invitation invitation(String id) {
        return new Invitation(id, new NodeId("node-" + id), "node-2", ROOT.hash(), 1_000_000);
    }

    private static List<Permission> allowed(Role role) {
        return Arrays.stream(Permission.values()).filter(role::allows).toList();
    }

    private static KeyRecord key(String id, Role role, String worker) {
        byte[] hash = new byte[AccessLimits.HASH_BYTES];
        hash[0] = (byte) id.charAt(11);
        return new KeyRecord(id, "owner-of-" + id, role, worker, Bytes.wrap(hash), "for a test");
    }

    private void note(String action) {
        index++;
        ledger.record(stamp(), new Act("ops", action, "", Act.Authorization.ALLOWED, ""));
    }

    private Stamp stamp() {
        return new Stamp(1, index, 0, new LogTime(index * 1_000, 0));
    }

    private AccessReply apply(AccessCommand command) {
        index++;
        return ledger.apply(stamp(), command);
    }

    private static DecisionProof proof(AccessLedger ledger) {
        return DecisionProof.check(ledger.chainStart(), ledger.decisions());
    }
}

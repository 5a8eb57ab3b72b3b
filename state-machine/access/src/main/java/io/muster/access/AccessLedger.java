package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.NodeId;
import io.muster.log.ReplyCodec;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may do what, and the record of what was decided.
public final class AccessLedger implements Ledger<AccessCommand> {
    /// By id, in the order in which they were added.
    private final Map<String, KeyView> keys = new LinkedHashMap<>();

    private final Invitations invitations = new Invitations();
    private final Runnable changes;
    private DecisionChain chain = new DecisionChain();

    /// @param changes hears that keys may have been granted or revoked
    public AccessLedger(Runnable changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public List<CommandKind<AccessCommand>> kinds() {
        return AccessCommands.KINDS;
    }

    @Override
    public AccessReply apply(Stamp stamp, AccessCommand command, Envelope envelope) {
        AccessReply reply = apply(stamp, command);
        if (reply instanceof AccessReply.Done && !envelope.principal().isEmpty()) {
            decided(command)
                    .ifPresent(decision -> record(
                            stamp,
                            new Act(
                                    envelope.principal(),
                                    decision.action(),
                                    decision.target(),
                                    Act.Authorization.ALLOWED,
                                    decision.note())));
        }
        return reply;
    }

    /// What stands on record of a command, beside who asked for it.
    private record Decided(String action, String target, String note) {}

    /// The decisions that say on whom. Those about keys stand on record by their kind.
    private Optional<Decided> decided(AccessCommand command) {
        return switch (command) {
            case AccessCommand.AddKey _, AccessCommand.AddFirstKey _, AccessCommand.RevokeKey _ -> Optional.empty();
            case AccessCommand.Settle _ -> Optional.empty();
            case AccessCommand.Invite(var invitation) ->
                Optional.of(new Decided("members.invite", invitation.node().value(), invitation.id()));
            case AccessCommand.Redeem(var id, var _, var guest) ->
                Optional.of(new Decided("members.join", id, "identity " + guest.identity()));
            case AccessCommand.RevokeInvitation(var id) ->
                Optional.of(new Decided("members.revoke-invitation", id, ""));
            case AccessCommand.DecideMember(var act, var node, var detail) ->
                Optional.of(new Decided(act.action(), node.value(), detail));
        };
    }

    /// Carries out a command that stands at `stamp`.
    public AccessReply apply(Stamp stamp, AccessCommand command) {
        AccessReply reply = carryOut(stamp, command);
        changes.run();
        return reply;
    }

    private AccessReply carryOut(Stamp stamp, AccessCommand command) {
        return switch (command) {
            case AccessCommand.AddKey(var key) -> add(stamp, key);
            case AccessCommand.AddFirstKey(var key) ->
                adminKeys() == 0 ? add(stamp, key) : new AccessReply.AlreadyThere();
            case AccessCommand.RevokeKey(var id) -> revoke(id);
            case AccessCommand.Invite(var invitation) -> invitations.give(stamp, invitation);
            case AccessCommand.Redeem wish -> invitations.redeem(stamp, wish);
            case AccessCommand.RevokeInvitation(var id) -> invitations.revoke(id);
            case AccessCommand.Settle(var node) -> settle(node);
            case AccessCommand.DecideMember(var _, var node, var _) -> settle(node);
        };
    }

    private AccessReply settle(NodeId node) {
        invitations.settle(node);
        return new AccessReply.Done();
    }

    /// Chains a decision to the record; the state machine does so for every command that somebody asked for.
    public void record(Stamp stamp, Act act) {
        chain.add(stamp, act);
    }

    /// All keys as they stand now, to check requests against on any thread.
    public Keyring keyring() {
        return new Keyring(keys);
    }

    /// Whether anyone could administer this cluster.
    public boolean hasAdmin() {
        return adminKeys() > 0;
    }

    /// All keys, in the order in which they were added.
    public List<KeyView> keys() {
        return List.copyOf(keys.values());
    }

    /// All invitations, in the order in which they were given.
    public List<InvitationView> invitations() {
        return invitations.all();
    }

    /// The decisions that are kept, oldest first.
    public List<Decision> decisions() {
        return chain.all();
    }

    /// The hash that the first kept decision carries on from.
    public Bytes chainStart() {
        return chain.before();
    }

    @Override
    public long digest(int level) {
        var digest = new Digest().add(chain.last());
        for (KeyView view : keys.values()) {
            digest.add(view.key().id()).add(view.createdMicros()).add(view.isUsable() ? 1 : 0);
        }
        invitations.addTo(digest);
        return digest.value();
    }

    @Override
    public ReplyCodec replies() {
        return new AccessReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return new AccessSection(keys(), chain.before(), chain.next(), chain.all(), invitations.all());
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        AccessSection.fill(this, chunks);
    }

    private AccessReply add(Stamp stamp, KeyRecord key) {
        if (keys.containsKey(key.id())) {
            return new AccessReply.AlreadyThere();
        }
        if (keys.size() >= AccessLimits.MAX_KEYS && !forgetOldestRevoked()) {
            return new AccessReply.Full(AccessLimits.MAX_KEYS);
        }
        keys.put(key.id(), new KeyView(key, stamp.micros(), KeyView.Status.USABLE));
        return new AccessReply.Done();
    }

    private AccessReply revoke(String id) {
        KeyView view = keys.get(id);
        if (view == null) {
            return new AccessReply.NotThere();
        }
        if (view.isUsable() && view.key().role() == Role.ADMIN && adminKeys() == 1) {
            return new AccessReply.LastAdminKey();
        }
        keys.put(id, view.revoked());
        return new AccessReply.Done();
    }

    private boolean forgetOldestRevoked() {
        for (KeyView view : new ArrayList<>(keys.values())) {
            if (!view.isUsable()) {
                keys.remove(view.key().id());
                return true;
            }
        }
        return false;
    }

    private int adminKeys() {
        int count = 0;
        for (KeyView view : keys.values()) {
            count += view.isUsable() && view.key().role() == Role.ADMIN ? 1 : 0;
        }
        return count;
    }

    /// Puts back what a snapshot holds: the chain before its first link.
    void restore(DecisionChain restoredChain) {
        chain = restoredChain;
    }

    /// Puts back what a snapshot holds.
    void restore(KeyView view) {
        keys.put(view.key().id(), view);
    }

    /// Puts back what a snapshot holds.
    void restore(Decision link) {
        chain.append(link);
    }

    /// Puts back what a snapshot holds.
    void restore(InvitationView view) {
        invitations.restore(view);
    }
}

package io.muster.access;

import io.muster.encoding.Digest;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The invitations of nodes: each lets one data folder in, once, before it expires. Part of the [AccessLedger].
///
/// ```
///   Open ── redeemed ──▶ Used ── its guest is what it asked to be ──▶ Settled
///     └──── revoked ───▶ Revoked
/// ```
final class Invitations {
    /// By id, in the order in which they were given.
    private final Map<String, InvitationView> invitations = new LinkedHashMap<>();

    /// All of them, in the order in which they were given.
    List<InvitationView> all() {
        return List.copyOf(invitations.values());
    }

    AccessReply give(Stamp stamp, Invitation invitation) {
        if (invitations.containsKey(invitation.id())) {
            return new AccessReply.AlreadyThere();
        }
        if (invitations.size() >= AccessLimits.MAX_INVITATIONS && !forgetOldest(stamp)) {
            return new AccessReply.Full(AccessLimits.MAX_INVITATIONS);
        }
        restore(new InvitationView(invitation, stamp.micros(), new InvitationView.Redemption.Open()));
        return new AccessReply.Done();
    }

    /// The guest that an invitation has let in comes again after a break, so the same is answered to it.
    AccessReply redeem(Stamp stamp, AccessCommand.Redeem wish) {
        InvitationView view = invitations.get(wish.id());
        if (view == null || !view.isProvenBy(wish.hash())) {
            return new AccessReply.NotThere();
        }
        return switch (view.standing()) {
            case InvitationView.Redemption.Open _ -> {
                if (stamp.micros() >= view.invitation().expiresMicros()) {
                    yield new AccessReply.Expired(view.invitation().expiresMicros());
                }
                restore(view.with(new InvitationView.Redemption.Used(wish.guest())));
                yield new AccessReply.Done();
            }
            case InvitationView.Redemption.Revoked _ -> new AccessReply.Revoked();
            case InvitationView.Redemption.Used(var guest) -> again(guest, wish);
            case InvitationView.Redemption.Settled(var guest) -> again(guest, wish);
        };
    }

    private static AccessReply again(InvitationView.Guest guest, AccessCommand.Redeem wish) {
        return guest.identity().equals(wish.guest().identity()) ? new AccessReply.Done() : new AccessReply.Used();
    }

    AccessReply revoke(String id) {
        InvitationView view = invitations.get(id);
        if (view == null) {
            return new AccessReply.NotThere();
        }
        return switch (view.standing()) {
            case InvitationView.Redemption.Open _ -> {
                restore(view.with(new InvitationView.Redemption.Revoked()));
                yield new AccessReply.Done();
            }
            case InvitationView.Redemption.Revoked _ -> new AccessReply.Done();
            case InvitationView.Redemption.Used _, InvitationView.Redemption.Settled _ -> new AccessReply.Used();
        };
    }

    /// Whoever came as `node` is not on its way any more.
    void settle(NodeId node) {
        for (InvitationView view : all()) {
            if (view.invitation().node().equals(node)
                    && view.standing() instanceof InvitationView.Redemption.Used(var guest)) {
                restore(view.with(new InvitationView.Redemption.Settled(guest)));
            }
        }
    }

    void restore(InvitationView view) {
        invitations.put(view.invitation().id(), view);
    }

    /// Without any invitation it adds nothing, as in the versions that knew none.
    void addTo(Digest digest) {
        for (InvitationView view : invitations.values()) {
            digest.add(view.invitation().id()).add(view.createdMicros()).add(AccessSection.code(view.standing()));
        }
    }

    /// One that can let nobody in any more gives way.
    private boolean forgetOldest(Stamp stamp) {
        for (InvitationView view : all()) {
            boolean isOver =
                    !view.isOpen() || stamp.micros() >= view.invitation().expiresMicros();
            if (isOver && !view.isUnderWay()) {
                invitations.remove(view.invitation().id());
                return true;
            }
        }
        return false;
    }
}

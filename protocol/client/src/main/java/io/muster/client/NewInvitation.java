package io.muster.client;

/// An invitation that was just given; the only time its token is shown.
///
/// @param token what the node that joins is given, a [JoinToken]
public record NewInvitation(InvitationDocument invitation, String token) {
    /// The invitation without its token, so that it can be logged.
    @Override
    public String toString() {
        return "NewInvitation[" + invitation + "]";
    }
}

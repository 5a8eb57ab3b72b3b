package io.muster.access;

/// What somebody decides about a member.
public enum MemberAct {
    /// It receives the log from now on.
    ADD("members.add"),
    /// It votes from now on.
    PROMOTE("members.promote"),
    /// It has no vote any more.
    DEMOTE("members.demote"),
    /// It takes no part any more.
    REMOVE("members.remove"),
    /// Another votes in its place.
    REPLACE("members.replace"),
    /// It is reached elsewhere.
    MOVE("members.move");

    private final String action;

    MemberAct(String action) {
        this.action = action;
    }

    /// How the record of decisions calls it; never changed.
    public String action() {
        return action;
    }
}

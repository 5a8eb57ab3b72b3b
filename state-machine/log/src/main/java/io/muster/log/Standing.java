package io.muster.log;

/// What a node does about leadership, or what keeps it from it.
public enum Standing {
    /// It leads.
    LEADS,
    /// It follows a leader that it hears.
    FOLLOWS,
    /// It asks the others whether it could win.
    SOUNDS_OUT,
    /// It asks for votes.
    ASKS_FOR_VOTES,
    /// It heard a leader, or started, so shortly ago that a leader may still trust its lease: it
    /// votes for nobody.
    WITHIN_LEASE,
    /// It waits for its moment to ask for votes, which is drawn by chance.
    AWAITS_ITS_TURN,
    /// Its wall clock differs from most others', so it asks for votes later than they do.
    CLOCK_OFF,
    /// Its vote has not reached the disk yet.
    VOTE_ON_ITS_WAY,
    /// Its disk has not answered for so long that it asks for no votes.
    DISK_STALLED,
    /// Its state machine has applied nothing for so long that it asks for no votes.
    APPLY_STALLED,
    /// It has no vote.
    NO_VOTER,
    /// It was removed from the cluster and takes no part any more.
    REMOVED,
    /// It waits for the other founders of a new cluster.
    FOUNDING
}

package io.muster.log;

/// A wish to change who takes part in the log. It is carried out as a whole or not at all, and one at a
/// time.
///
/// ```
///   AddLearner ─▶ learner ── Promote ─▶ voter ── Demote ─▶ learner ── Remove ─▶ no member
///                    │                    │ ▲                            ▲
///                    │                    └─┼────────── Remove ──────────┤
///                    └────── Replace ───────┘  (the voter it replaces) ──┘
/// ```
public sealed interface MemberChange {
    /// Whom it is about; where one replaces another, who comes.
    NodeId node();

    /// `node` receives the log from now on and is counted nowhere.
    ///
    /// @param identity what its data folder drew when it was begun
    record AddLearner(NodeId node, VoterId identity, MemberAddresses addresses) implements MemberChange {}

    /// The learner `node` votes from now on; refused until it has caught up.
    record Promote(NodeId node) implements MemberChange {}

    /// The voter `node` is a learner from now on.
    record Demote(NodeId node) implements MemberChange {}

    /// `node` takes no part any more.
    record Remove(NodeId node) implements MemberChange {}

    /// The learner `node` votes from now on, and the voter `leaving` takes no part any more, in one
    /// step: at no time are there fewer or more voters than now. Refused until the learner has caught
    /// up.
    record Replace(NodeId node, NodeId leaving) implements MemberChange {}

    /// `node` is reached at `addresses` from now on.
    record Readdress(NodeId node, MemberAddresses addresses) implements MemberChange {}
}

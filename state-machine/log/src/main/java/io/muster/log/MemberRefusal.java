package io.muster.log;

/// Why a [MemberChange] was refused.
public sealed interface MemberRefusal {
    /// The same for people, in one sentence.
    String sentence();

    /// This node does not lead; `hint` may know who does.
    record NotLeading(Outcome.Hint hint) implements MemberRefusal {
        @Override
        public String sentence() {
            return switch (hint) {
                case Outcome.Hint.Ask(NodeId leader) -> "this node does not lead; ask " + leader;
                case Outcome.Hint.Nobody() -> "this node does not lead, and nobody is known to";
            };
        }
    }

    /// This leader has not committed an entry of its own term yet, so it does not know what its
    /// predecessor has changed. Try again in a moment.
    record TermNotBegun() implements MemberRefusal {
        @Override
        public String sentence() {
            return "the leader was just elected and has not committed its first entry; try again in a moment";
        }
    }

    /// This leader is handing its leadership over. Try again in a moment, at its successor.
    record HandingOver() implements MemberRefusal {
        @Override
        public String sentence() {
            return "leadership is being handed over; try again in a moment";
        }
    }

    /// The change that stands at `index` is not finished; one is carried out at a time.
    record AnotherPending(long index) implements MemberRefusal {
        @Override
        public String sentence() {
            return "another change of members, begun with entry " + index + ", is not finished; try again then";
        }
    }

    /// `node` is no member.
    record UnknownMember(NodeId node) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " is no member";
        }
    }

    /// `node` is a member, with another identity or at another address than the one that was to be
    /// added.
    record NameTaken(NodeId node) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " is a member already, and another one than this: remove it first, or choose another name";
        }
    }

    /// The member `holder` has this identity already: a copied data folder is no other member.
    record IdentityTaken(NodeId holder) implements MemberRefusal {
        @Override
        public String sentence() {
            return "this is the data folder of " + holder + ", which is a member already: begin with an empty folder";
        }
    }

    /// The member `holder` is reached at `address` already.
    record AddressTaken(NodeId holder, String address) implements MemberRefusal {
        @Override
        public String sentence() {
            return address + " is the address of " + holder + " already";
        }
    }

    /// `node` would have to be a learner for this, and is none.
    record NoLearner(NodeId node) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " is no learner";
        }
    }

    /// `node` would have to be a voter for this, and is none.
    record NoVoter(NodeId node) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " has no vote";
        }
    }

    /// The learner `node` has yet to receive what the leader's log holds; see
    /// [MemberStatus#missingEntries].
    ///
    /// @param missingEntries how many entries it lacked when it was asked
    record NotCaughtUp(NodeId node, long missingEntries) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " has not caught up: it lacks " + missingEntries + " entries; try again in a moment";
        }
    }

    /// `node` supports a lower feature level than the cluster is at: it could not read the log.
    record OlderVersion(NodeId node, int level, int needed) implements MemberRefusal {
        @Override
        public String sentence() {
            return node + " supports feature level " + level + " and the cluster is at " + needed
                    + ": start it with a newer version first";
        }
    }

    /// Nobody would vote any more.
    record NoVoterLeft() implements MemberRefusal {
        @Override
        public String sentence() {
            return "nobody would have a vote: add and promote another member first";
        }
    }

    /// There would be more members than `limit`.
    record TooManyMembers(int limit) implements MemberRefusal {
        @Override
        public String sentence() {
            return "there would be more than " + limit + " members";
        }
    }

    /// This engine does not run, or does not let its members be changed; `sentence` says why.
    record Unavailable(String sentence) implements MemberRefusal {}
}

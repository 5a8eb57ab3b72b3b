package io.muster.raft;

import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes who takes part (Raft §6, thesis §4), one change at a time.
///
/// ```
///   asked ── voters stay ──────────────▶ entered, appended ── committed ─▶ done
///     │                                         ▲
///     └── voters change ─▶ joint, appended ── committed
/// ```
///
/// What is done next follows from the log alone: whoever leads and finds a joint configuration
/// committed appends the one that is entered by it, whether or not it was there when the change was
/// asked for (T46). So a change survives the leader's death in each of its stages.
final class MemberChanges {
    private final NodeContext context;
    private final OwnMembership own;
    private final CurrentRole role;
    private final LeadershipTransfer transfer;
    private @Nullable Asked asked;

    /// A wish that is not answered, asked for in `term`.
    private record Asked(long ticket, long term) {}

    MemberChanges(NodeContext context, OwnMembership own, CurrentRole role, LeadershipTransfer transfer) {
        this.context = context;
        this.own = own;
        this.role = role;
        this.transfer = transfer;
    }

    void ask(Input.ChangeMembers wish, long tick) {
        LeaderState leader = role.leading().orElse(null);
        if (leader == null) {
            refuse(wish, new MemberRefusal.NotLeading(Outcome.Hint.of(role.leader())));
            return;
        }
        var hindrance = hindrance(leader);
        if (hindrance.isPresent()) {
            refuse(wish, hindrance.get());
            return;
        }
        switch (MemberPlan.of(context.configuration(), wish.change())) {
            case MemberPlan.Impossible(MemberRefusal reason) -> refuse(wish, reason);
            case MemberPlan.Fulfilled() ->
                answer(
                        wish.ticket(),
                        new MemberAnswer.Done(
                                context.log().storedConfiguration().index()));
            case MemberPlan.Next(Configuration next) -> {
                var lacking = notCaughtUp(leader, wish.change());
                if (lacking.isPresent()) {
                    refuse(wish, lacking.get());
                } else {
                    leader.enter(next, tick);
                    asked = new Asked(wish.ticket(), context.term());
                }
            }
        }
    }

    /// Goes on as far as is possible at `tick`.
    void settle(long tick) {
        LeaderState leader = role.leading().orElse(null);
        Asked open = asked;
        if (open != null && (leader == null || open.term() != context.term())) {
            end(open, new MemberAnswer.Unknown("the leader that began it lost its leadership"));
        }
        if (leader == null || !isCommitted()) {
            return;
        }
        var stored = context.log().storedConfiguration();
        if (stored.configuration().isJoint()) {
            if (!transfer.isHolding()) {
                leader.enter(stored.configuration().entered(), tick);
            }
            return;
        }
        if (asked != null) {
            end(asked, new MemberAnswer.Done(stored.index()));
        }
        if (!own.isVoter()) {
            transfer.leave(tick);
        }
    }

    /// Why nothing at all can be changed now. A leader that has committed nothing of its own term does
    /// not know whether its predecessor's last change stands: two leaders in turn could each change one
    /// voter, and end with majorities that have no node in common (T45).
    private Optional<MemberRefusal> hindrance(LeaderState leader) {
        if (!leader.hasBegun()) {
            return Optional.of(new MemberRefusal.TermNotBegun());
        }
        if (transfer.isUnderway()) {
            return Optional.of(new MemberRefusal.HandingOver());
        }
        if (!isCommitted() || context.configuration().isJoint()) {
            return Optional.of(new MemberRefusal.AnotherPending(
                    context.log().storedConfiguration().index()));
        }
        return Optional.empty();
    }

    private Optional<MemberRefusal> notCaughtUp(LeaderState leader, MemberChange change) {
        return switch (change) {
            case MemberChange.Promote(NodeId node) -> notCaughtUp(leader, node);
            case MemberChange.Replace(NodeId node, NodeId _) -> notCaughtUp(leader, node);
            case MemberChange.AddLearner _, MemberChange.Demote _, MemberChange.Remove _, MemberChange.Readdress _ ->
                Optional.empty();
        };
    }

    private Optional<MemberRefusal> notCaughtUp(LeaderState leader, NodeId learner) {
        return leader.hasCaughtUp(learner)
                ? Optional.empty()
                : Optional.of(new MemberRefusal.NotCaughtUp(learner, leader.missingAt(learner)));
    }

    private boolean isCommitted() {
        return context.log().storedConfiguration().index() <= context.log().commitIndex();
    }

    private void refuse(Input.ChangeMembers wish, MemberRefusal reason) {
        answer(wish.ticket(), new MemberAnswer.Refused(reason));
    }

    private void end(Asked open, MemberAnswer answer) {
        asked = null;
        answer(open.ticket(), answer);
    }

    private void answer(long ticket, MemberAnswer answer) {
        context.outbox().add(new Effect.ChangeEnded(ticket, answer));
    }
}

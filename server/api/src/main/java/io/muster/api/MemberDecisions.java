package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.NotLeading;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.Repetition;
import io.muster.http.Waiting;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Has the engine change who takes part, and says in a problem document why it did not.
final class MemberDecisions {
    /// A change takes two rounds; a leader that was just elected, or that finishes another change, is ready soon.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final ClusterPort cluster;

    MemberDecisions(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /// Returns once the change is in force and committed. One that has to wait for another is tried again meanwhile.
    void make(Context ctx, MemberChange change) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            MemberAnswer answer = Waiting.on(cluster.changeMembers(change), PATIENCE)
                    .orElseGet(() -> new MemberAnswer.Unknown("no majority confirmed it in time"));
            switch (answer) {
                case MemberAnswer.Done _ -> {
                    return;
                }
                case MemberAnswer.Unknown(String reason) -> throw Repetition.unknown(ctx, reason);
                case MemberAnswer.Refused(MemberRefusal reason) -> {
                    if (!isPassing(reason) || System.nanoTime() - begun > PATIENCE.toNanos()) {
                        throw refused(reason);
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
        }
    }

    /// Whether it is over in a moment by itself.
    private static boolean isPassing(MemberRefusal reason) {
        return reason instanceof MemberRefusal.TermNotBegun
                || reason instanceof MemberRefusal.HandingOver
                || reason instanceof MemberRefusal.AnotherPending;
    }

    private static RuntimeException refused(MemberRefusal reason) {
        return switch (reason) {
            case MemberRefusal.NotLeading _ -> new NotLeading();
            case MemberRefusal.UnknownMember _ -> refusal(ProblemType.NOT_FOUND, reason);
            case MemberRefusal.NotCaughtUp _ -> refusal(ProblemType.MEMBER_BEHIND, reason);
            case MemberRefusal.TermNotBegun _, MemberRefusal.HandingOver _, MemberRefusal.AnotherPending _ ->
                refusal(ProblemType.MEMBERS_CHANGING, reason);
            case MemberRefusal.NameTaken _,
                    MemberRefusal.IdentityTaken _,
                    MemberRefusal.AddressTaken _,
                    MemberRefusal.NoLearner _,
                    MemberRefusal.NoVoter _,
                    MemberRefusal.OlderVersion _,
                    MemberRefusal.NoVoterLeft _,
                    MemberRefusal.TooManyMembers _,
                    MemberRefusal.Unavailable _ -> refusal(ProblemType.MEMBERS_CONFLICT, reason);
        };
    }

    private static RuntimeException refusal(ProblemType type, MemberRefusal reason) {
        return Refusal.of(type, reason.sentence()).refused();
    }
}

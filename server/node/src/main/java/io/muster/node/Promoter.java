package io.muster.node;

import io.muster.access.AccessCommand;
import io.muster.access.InvitationView;
import io.muster.access.InvitationView.Aim;
import io.muster.access.InvitationView.Guest;
import io.muster.access.InvitationView.Redemption;
import io.muster.log.Asker;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings nodes that came with an invitation to what they asked to be, on whichever node leads: a learner that has
/// caught up is promoted, or takes the place of the voter that it replaces. What is left to do stands in the log, so a
/// leader that was lost in the middle leaves it to the next.
final class Promoter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Promoter.class);

    /// A learner catches up in seconds at best, and nobody waits for the vote.
    private static final long BETWEEN_LOOKS_MILLIS = 250;

    private static final long PATIENCE_SECONDS = 10;

    private final NodeCluster cluster;
    private final Engine engine;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<NodeId, String> told = new HashMap<>();

    Promoter(NodeCluster cluster, Engine engine) {
        this.cluster = cluster;
        this.engine = engine;
    }

    void start() {
        Thread.ofVirtual().name("muster-promoter").start(this::run);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                if (engine.leadership().isMine()) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            log.warn("nobody promotes learners on this node any more");
        }
    }

    private void look() throws InterruptedException {
        try {
            List<InvitationView> invitations = cluster.read(
                            state -> state.access().invitations())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (InvitationView view : invitations) {
                if (view.standing() instanceof Redemption.Used(Guest guest)) {
                    attend(view, guest);
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            log.debug("invitations not read reason=\"{}\"", e.toString());
        }
    }

    private void attend(InvitationView view, Guest guest) throws InterruptedException {
        NodeId node = view.invitation().node();
        EngineStatus status = engine.status();
        Optional<MemberStatus> member = status.members().stream()
                .filter(each -> each.id().equals(node) && each.identity().equals(Optional.of(guest.identity())))
                .findFirst();
        if (member.isEmpty()) {
            // Its leader was lost between the two steps: the node asks again.
            return;
        }
        switch (member.get().vote()) {
            case VOTER -> settle(node);
            case LEARNER -> {
                if (guest.aim() == Aim.LEARNER) {
                    settle(node);
                } else {
                    change(change(status, view));
                }
            }
            case COMING, LEAVING -> {}
        }
    }

    private static MemberChange change(EngineStatus status, InvitationView view) {
        NodeId node = view.invitation().node();
        String replaced = view.invitation().replaces();
        boolean isThere =
                status.voters().stream().anyMatch(voter -> voter.value().equals(replaced));
        return isThere ? new MemberChange.Replace(node, new NodeId(replaced)) : new MemberChange.Promote(node);
    }

    private void change(MemberChange change) throws InterruptedException {
        var answer = new CompletableFuture<MemberAnswer>();
        engine.changeMembers(change, answer::complete);
        try {
            switch (answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                case MemberAnswer.Done(long index) -> {
                    log.info("member votes node={} change=\"{}\" index={}", change.node(), change, index);
                    settle(change.node());
                }
                case MemberAnswer.Refused(MemberRefusal reason) -> tell(change.node(), reason);
                case MemberAnswer.Unknown(String reason) ->
                    log.info("unknown whether a member votes node={} reason=\"{}\"", change.node(), reason);
            }
        } catch (ExecutionException | TimeoutException e) {
            log.info("no answer whether a member votes node={}", change.node());
        }
    }

    /// What passes by itself is not worth a line; the rest is, once.
    private void tell(NodeId node, MemberRefusal reason) {
        boolean isWorthTelling = !(reason instanceof MemberRefusal.NotCaughtUp
                || reason instanceof MemberRefusal.NotLeading
                || reason instanceof MemberRefusal.AnotherPending
                || reason instanceof MemberRefusal.HandingOver
                || reason instanceof MemberRefusal.TermNotBegun);
        if (isWorthTelling && !reason.sentence().equals(told.put(node, reason.sentence()))) {
            log.warn("member not promoted node={} reason=\"{}\"", node, reason.sentence());
        }
    }

    private void settle(NodeId node) {
        var _ = cluster.propose(Envelope.of(new AccessCommand.Settle(node), Asker.CLUSTER));
    }
}

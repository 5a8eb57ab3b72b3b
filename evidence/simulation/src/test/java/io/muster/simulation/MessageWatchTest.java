package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.Message;
import io.muster.raft.VoteState;
import io.muster.raftruntime.LogStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The watch over messages is shown each thing that no node may say, and must object to it.
final class MessageWatchTest {
    private static final NodeId ONE = new NodeId("node-1");
    private static final NodeId TWO = new NodeId("node-2");
    private static final NodeId THREE = new NodeId("node-3");
    private static final Configuration VOTERS = Configuration.founding(
            new TreeMap<>(Map.of(ONE, new VoterId(7, 1), TWO, new VoterId(7, 2), THREE, new VoterId(7, 3))));

    private final Agenda agenda = new Agenda();
    private final Oracle oracle = new Oracle(agenda, 7);
    private final MessageWatch watch = oracle.messages();
    private final SimDisk disk = new SimDisk(agenda, oracle, new Chance(7), ONE, VOTERS);
    private final LogStore store = disk.open();

    @BeforeEach
    void begin() {
        store.start(new Ignorance());
        watch.begins(ONE, disk);
        store(new VoteState(3, Optional.of(TWO)), List.of());
        pass(200);
    }

    @Test
    void objects_to_a_term_that_is_not_on_the_disk() {
        watch.said(ONE, TWO, new Message.PreVoteRequest(3, 1, 1, 1));

        objects("speaks in term 4 with term 3", () -> watch.said(ONE, TWO, new Message.PreVoteRequest(4, 1, 1, 1)));
    }

    @Test
    void objects_to_a_vote_that_is_not_on_the_disk() {
        watch.said(ONE, TWO, new Message.VoteReply(3, true));
        watch.said(ONE, THREE, new Message.VoteReply(3, false));

        objects("votes for node-3 in term 3", () -> watch.said(ONE, THREE, new Message.VoteReply(3, true)));
        objects("votes for node-1 in term 3", () -> watch.said(ONE, THREE, new Message.VoteRequest(3, 1, 1)));
    }

    @Test
    void objects_to_an_acknowledgement_of_what_is_not_on_the_disk() {
        store(new VoteState(3, Optional.of(TWO)), List.of(batch(2, 3)));
        watch.said(ONE, TWO, new Message.AppendAccepted(3, 1, 2));

        objects("its disk ends at 2", () -> watch.said(ONE, TWO, new Message.AppendAccepted(3, 1, 3)));
    }

    @Test
    void objects_to_an_acknowledgement_of_an_entry_whose_place_another_has_on_the_disk() {
        store(new VoteState(3, Optional.of(TWO)), List.of(batch(2, 2)));
        watch.delivered(TWO, ONE, new Message.Append(3, 1, 1, 1, List.of(batch(2, 3)), 1));

        objects("holds one of term 2", () -> watch.said(ONE, TWO, new Message.AppendAccepted(3, 1, 2)));
    }

    @Test
    void objects_to_a_promise_or_a_vote_while_a_leader_is_heard() {
        hear(1);
        store(new VoteState(4, Optional.of(THREE)), List.of());
        objects("would vote for node-3", () -> watch.said(ONE, THREE, new Message.PreVoteReply(4, 1, true)));
        objects("follows node-3 into term 4", () -> watch.said(ONE, THREE, new Message.VoteReply(4, false)));
        watch.delivered(THREE, ONE, new Message.AppendRejected(4, 0, 1, 0, 0));
        watch.said(ONE, THREE, new Message.VoteReply(4, false));
        objects("votes for node-3", () -> watch.said(ONE, THREE, new Message.VoteReply(4, true)));

        pass(150);
        watch.said(ONE, THREE, new Message.PreVoteReply(4, 1, true));
    }

    @Test
    void a_leader_that_resigned_binds_nobody() {
        hear(1);
        watch.delivered(TWO, ONE, new Message.Resigned(3));

        watch.said(ONE, THREE, new Message.PreVoteReply(3, 1, true));
    }

    @Test
    void objects_to_a_promise_or_a_new_vote_of_one_that_just_started() {
        watch.begins(ONE, disk);
        watch.said(ONE, TWO, new Message.VoteReply(3, true));
        objects("after it started", () -> watch.said(ONE, THREE, new Message.PreVoteReply(3, 1, true)));

        pass(150);
        watch.said(ONE, THREE, new Message.PreVoteReply(3, 1, true));
    }

    private void hear(long round) {
        watch.delivered(TWO, ONE, new Message.Heartbeat(3, round, 1));
        watch.said(ONE, TWO, new Message.HeartbeatReply(3, round));
    }

    /// Puts it on the disk, and lets the sync end.
    private void store(VoteState state, List<Batch> batches) {
        store.persist(new Effect.Persist(1, state, true, Effect.Cut.NOTHING, batches));
        agenda.next();
    }

    private void pass(long millis) {
        agenda.in(millis * 1_000_000, () -> {});
        agenda.next();
    }

    private static Batch batch(long index, long term) {
        return Batch.seal(
                new Batch.Head(index, 1, term, BatchKind.COMMANDS, new LogTime(1_000, 1_000)), Bytes.utf8("x"));
    }

    private static void objects(String what, ThrowingCallable event) {
        assertThatThrownBy(event).isInstanceOf(ViolationException.class).hasMessageContaining(what);
    }

    /// Nobody waits for this disk.
    private static final class Ignorance implements LogStore.Listener {
        @Override
        public void persisted(long ticket) {}

        @Override
        public void read(LogStore.ReadTicket ticket, List<Batch> batches) {}

        @Override
        public void failed(EngineException reason) {}
    }
}

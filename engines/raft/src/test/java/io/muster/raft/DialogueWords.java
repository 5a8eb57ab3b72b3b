package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.TransferAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// Says in words what nodes send and do, for the golden dialogues.
final class DialogueWords {
    private DialogueWords() {}

    /// One line for an effect of `node`; none for what only the shell cares about.
    static Optional<String> tell(String node, Effect effect) {
        return switch (effect) {
            case Effect.Persist persist -> Optional.of(node + " writes #" + persist.ticket() + ": " + write(persist));
            case Effect.Send send -> Optional.of(node + " → " + send.to() + ": " + say(send.message()));
            case Effect.ReadBatches read -> Optional.of(node + " reads its disk from " + read.from());
            case Effect.CutPrefix cut ->
                Optional.of(node + " removes its log up to " + cut.base().index());
            case Effect.PinSnapshots pins -> Optional.of(node + " pins " + pins(pins));
            case Effect.ReadPiece read ->
                Optional.of(node + " reads snapshot " + read.index() + " from byte " + read.offset());
            case Effect.StorePiece store ->
                Optional.of(node + " stores " + piece(store.meta(), store.offset(), store.bytes(), store.isLast()));
            case Effect.InstallState install ->
                Optional.of(node + " takes over the state of snapshot " + snapshot(install.meta()));
            case Effect.Refused refused ->
                Optional.of(node + " refuses: "
                        + refused.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Effect.Committed committed -> Optional.of(node + " knows: committed up to " + committed.index());
            case Effect.LeadershipChanged change -> Optional.of(node + " " + leadership(change));
            case Effect.RoundConfirmed confirmed ->
                Optional.of(node + " knows: round " + confirmed.round() + " confirmed");
            case Effect.BarrierReached reached ->
                Optional.of(node + " answers read " + reached.ticket() + ": at index " + reached.index());
            case Effect.LeaseGivenUp _ -> Optional.of(node + " believes in its own leadership no more");
            case Effect.TransferEnded ended ->
                Optional.of(node + " answers the wish to hand over: " + say(ended.answer()));
            case Effect.ConfigurationChanged changed ->
                Optional.of(node + " knows: from " + changed.stored().index() + " on "
                        + members(changed.stored().configuration()));
            case Effect.Removed removed -> Optional.of(node + " knows: it was removed, since index " + removed.index());
            case Effect.ChangeEnded ended ->
                Optional.of(node + " answers the wish for other members: " + say(ended.answer()));
            case Effect.BarrierFailed failed -> Optional.of(node + " answers read " + failed.ticket() + ": not now");
            case Effect.Appended _, Effect.RoundSent _ -> Optional.empty();
        };
    }

    private static String say(MemberAnswer answer) {
        return switch (answer) {
            case MemberAnswer.Done(long index) -> "done at index " + index;
            case MemberAnswer.Refused(MemberRefusal reason) -> "no, " + reason.sentence();
            case MemberAnswer.Unknown(String reason) -> "unknown, " + reason;
        };
    }

    static String say(Message message) {
        String what = switch (message) {
            case Message.PreVoteRequest asked ->
                "would you vote for me? my log ends at " + place(asked.lastIndex(), asked.lastTerm());
            case Message.PreVoteReply reply -> reply.isGranted() ? "I would" : "I would not";
            case Message.VoteRequest asked ->
                "vote for me" + (asked.isForced() ? ", as our leader wishes" : "") + "! my log ends at "
                        + place(asked.lastIndex(), asked.lastTerm());
            case Message.VoteReply reply -> reply.isGranted() ? "you have my vote" : "no vote";
            case Message.Append append ->
                "after " + place(append.prevIndex(), append.prevTerm()) + " comes " + batches(append.batches())
                        + "; committed " + append.commit();
            case Message.AppendAccepted accepted -> "stored up to " + accepted.match();
            case Message.AppendRejected rejected ->
                "no " + rejected.prevIndex() + " of that term here, try "
                        + place(rejected.hintIndex(), rejected.hintTerm());
            case Message.Heartbeat beat -> "heartbeat " + beat.round() + "; committed " + beat.commit();
            case Message.HeartbeatReply reply -> "heard heartbeat " + reply.round();
            case Message.CommitNotice notice -> "committed " + notice.commit();
            case Message.BarrierRequest _ -> "where may I read?";
            case Message.BarrierReply reply -> reply.isRefusal() ? "I cannot say" : "read at " + reply.index();
            case Message.Resigned _ -> "I no longer lead";
            case Message.TimeoutNow _ -> "take over!";
            case Message.MembershipAsked _ -> "am I still a member?";
            case Message.NotMember(long _, long index) -> "you are no member, since index " + index;
            case Message.InstallSnapshot install
            when install.isQuestion() -> "how much do you have of snapshot " + snapshot(install.meta()) + "?";
            case Message.InstallSnapshot install ->
                piece(install.meta(), install.offset(), install.bytes(), install.isLast());
            case Message.InstallWanted wanted ->
                "send me snapshot " + wanted.index() + " from byte " + wanted.offset() + " on";
        };
        return "(term " + message.term() + ") " + what;
    }

    private static String say(TransferAnswer answer) {
        return switch (answer) {
            case TransferAnswer.Done(NodeId leader, long term) -> leader + " leads term " + term;
            case TransferAnswer.Refused(String reason) -> "no, " + reason;
            case TransferAnswer.Failed(String reason) -> "in vain, " + reason;
        };
    }

    private static String pins(Effect.PinSnapshots pins) {
        return pins.indexes().isEmpty()
                ? "no snapshot"
                : pins.indexes().stream().map(index -> "snapshot " + index).collect(Collectors.joining(", "));
    }

    private static String snapshot(SnapshotMeta meta) {
        return place(meta.lastIndex(), meta.lastTerm());
    }

    private static String piece(SnapshotMeta meta, long offset, Bytes bytes, boolean isLast) {
        return "bytes " + offset + " to " + (offset + bytes.size()) + " of snapshot " + snapshot(meta)
                + (isLast ? ", the last" : "");
    }

    /// A place in a log as index/term.
    static String place(long index, long term) {
        return index + "/" + term;
    }

    /// A log from where it begins.
    static String log(TestPeer peer) {
        long base = peer.raft().base().index();
        var batches = peer.raft().recent(base + 1, Integer.MAX_VALUE);
        return base == 0 ? batches(batches) : "(a snapshot up to " + base + "), " + batches(batches);
    }

    static String batches(List<Batch> batches) {
        if (batches.isEmpty()) {
            return "nothing";
        }
        return batches.stream().map(DialogueWords::batch).collect(Collectors.joining(", "));
    }

    static String batch(Batch batch) {
        return place(batch.firstIndex(), batch.term()) + " "
                + switch (batch.kind()) {
                    case COMMANDS -> text(batch.body());
                    case TERM_START -> "[" + batch.body().text() + " leads]";
                    case CONFIGURATION -> "[" + members(Configuration.decode(batch.body())) + "]";
                };
    }

    private static String members(Configuration configuration) {
        return "voters " + names(configuration.voters())
                + (configuration.isJoint() ? " and " + names(configuration.outgoing()) : "")
                + (configuration.learners().isEmpty() ? "" : ", learners " + names(configuration.learners()));
    }

    private static String names(SortedSet<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).collect(Collectors.joining(" "));
    }

    private static String text(Bytes body) {
        return body.size() > 12 ? body.text().substring(0, 9) + "..." : body.text();
    }

    private static String write(Effect.Persist persist) {
        var parts = new ArrayList<String>();
        if (persist.isStateChanged()) {
            parts.add("term " + persist.state().term() + ", vote "
                    + persist.state().votedFor().map(Object::toString).orElse("none"));
        }
        switch (persist.cut()) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> parts.add("cut from " + index);
            case Effect.Cut.Everything(LogStart base) -> parts.add("begin anew behind " + base.index());
        }
        if (!persist.batches().isEmpty()) {
            parts.add("append " + batches(persist.batches()));
        }
        return String.join("; ", parts);
    }

    private static String leadership(Effect.LeadershipChanged change) {
        if (change.isMine()) {
            return "leads term " + change.term();
        }
        return change.leader()
                .map(leader -> "follows " + leader + " in term " + change.term())
                .orElse("has no leader in term " + change.term());
    }
}

package io.muster.simulation;

import io.muster.log.NodeId;
import io.muster.raft.Message;
import io.muster.raft.VoteState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Listens to what nodes say to each other, and holds it against their disks and against what they have heard.
///
/// * *Persist, then speak*: a term, a vote and an acknowledgement are on the sender's disk when they
/// leave it.
/// * *Loyalty* (thesis §4.2.3): a node that hears a leader, or started a moment ago and cannot know, gives
/// nobody a vote or the promise of one, nor follows a candidate into its term, unless its leader wished
/// so (thesis §3.10). Leases rest on that.
final class MessageWatch {
    /// A voter counts fifteen ticks of 10 ms, the first of which may end at once; clocks differ by less than the rest.
    private static final long LOYAL_NANOS = 139_000_000;

    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final int REMEMBERED = 2_000;

    private final Agenda agenda;
    private final Oracle oracle;
    private final Map<NodeId, Sender> senders = new HashMap<>();

    MessageWatch(Agenda agenda, Oracle oracle) {
        this.agenda = agenda;
        this.oracle = oracle;
    }

    /// `node` begins a life with what stands on `disk`.
    void begins(NodeId node, SimDisk disk) {
        senders.put(node, new Sender(disk, agenda.nowNanos()));
    }

    /// `message` reaches `to`, which may take it in a little later.
    void delivered(NodeId from, NodeId to, Message message) {
        oracle.rarities().delivered(to, message);
        Sender sender = senders.get(to);
        if (sender == null) {
            return;
        }
        if (mayTeachTerm(message)) {
            sender.taughtTerm = Math.max(sender.taughtTerm, message.term());
        }
        switch (message) {
            case Message.Heartbeat(long term, long round, long _) ->
                sender.heartbeats.putIfAbsent(new Round(from, term, round), agenda.nowNanos());
            case Message.Append append -> {
                long entryTerm = append.batches().isEmpty()
                        ? append.prevTerm()
                        : append.batches().getLast().term();
                var asked = new Ack(from, append.term(), append.session(), append.lastIndex());
                sender.entryTerms.put(asked, entryTerm);
            }
            case Message.Resigned _ -> sender.forgotNanos = agenda.nowNanos();
            case Message.TimeoutNow(long term) -> sender.wishes.add(new VoteState(term + 1, Optional.of(to)));
            case Message.VoteRequest request -> {
                if (request.isForced()) {
                    sender.wishes.add(new VoteState(request.term(), Optional.of(from)));
                }
            }
            case Message.PreVoteRequest _,
                    Message.PreVoteReply _,
                    Message.VoteReply _,
                    Message.AppendAccepted _,
                    Message.AppendRejected _,
                    Message.HeartbeatReply _,
                    Message.CommitNotice _,
                    Message.BarrierRequest _,
                    Message.BarrierReply _,
                    Message.InstallSnapshot _,
                    Message.InstallWanted _,
                    Message.MembershipAsked _,
                    Message.NotMember _ -> {}
        }
    }

    /// Whether a later term is learnt from `message`: not from one who only asks, nor who answers one
    /// that is no member.
    private static boolean mayTeachTerm(Message message) {
        return !(message instanceof Message.VoteRequest
                || message instanceof Message.PreVoteRequest
                || message instanceof Message.MembershipAsked
                || message instanceof Message.NotMember);
    }

    /// `message` leaves `from`.
    void said(NodeId from, NodeId to, Message message) {
        oracle.rarities().said(from, message);
        Sender sender = senders.get(from);
        if (sender == null) {
            return;
        }
        long stored = sender.disk.vote().term();
        if (message.term() > stored) {
            throw oracle.violation(
                    from + " speaks in term " + message.term() + " with term " + stored + " on its disk: " + message);
        }
        switch (message) {
            case Message.VoteRequest request -> {
                checkVote(from, from, request.term(), sender.disk);
                checkWished(from, sender, request);
            }
            case Message.VoteReply(long term, boolean isGranted) -> {
                checkStays(from, to, sender, term);
                if (isGranted) {
                    checkVote(from, to, term, sender.disk);
                    checkLoyal(from, to, sender, new VoteState(term, Optional.of(to)));
                }
            }
            case Message.PreVoteReply(long _, long _, boolean isGranted) -> {
                if (isGranted) {
                    checkLoyal(from, to, sender, null);
                }
            }
            case Message.AppendAccepted accepted -> checkAcknowledged(from, to, sender, accepted);
            case Message.HeartbeatReply(long term, long round) -> noteHeard(sender, new Round(to, term, round));
            case Message.PreVoteRequest _,
                    Message.Append _,
                    Message.AppendRejected _,
                    Message.Heartbeat _,
                    Message.CommitNotice _,
                    Message.BarrierRequest _,
                    Message.BarrierReply _,
                    Message.InstallSnapshot _,
                    Message.InstallWanted _,
                    Message.TimeoutNow _,
                    Message.MembershipAsked _,
                    Message.NotMember _,
                    Message.Resigned _ -> {}
        }
    }

    private static void noteHeard(Sender sender, Round round) {
        Long heard = sender.heartbeats.get(round);
        if (heard != null && heard > sender.forgotNanos) {
            sender.heardNanos = Math.max(sender.heardNanos, heard);
            sender.heardTerm = round.term();
        }
    }

    private void checkVote(NodeId voter, NodeId candidate, long term, SimDisk disk) {
        if (!disk.hasHeld(new VoteState(term, Optional.of(candidate)))) {
            throw oracle.violation(
                    voter + " votes for " + candidate + " in term " + term + " and its disk says " + disk.vote());
        }
    }

    /// Only whom a leader told to take over says that a leader wishes for the vote.
    private void checkWished(NodeId candidate, Sender sender, Message.VoteRequest request) {
        boolean isWished = sender.wishes.contains(new VoteState(request.term(), Optional.of(candidate)));
        if (request.isForced() && !isWished) {
            throw oracle.violation(
                    candidate + " forces an election in term " + request.term() + ", and no leader wished it");
        }
    }

    /// Who hears a leader learns of no later term from a candidate, but perhaps from everything else it is told.
    private void checkStays(NodeId voter, NodeId candidate, Sender sender, long term) {
        long since = agenda.nowNanos() - sender.heardNanos;
        boolean isLed = since < LOYAL_NANOS && sender.heardNanos > sender.forgotNanos && sender.heardTerm < term;
        // A leader may have wished it of the candidate, or of the voter, which then came to the term by itself.
        boolean isWished = sender.wishes.contains(new VoteState(term, Optional.of(candidate)))
                || sender.wishes.contains(new VoteState(term, Optional.of(voter)));
        if (isLed && !isWished && sender.taughtTerm < term) {
            throw oracle.violation(voter + " follows " + candidate + " into term " + term + " " + since / 1_000
                    + " us after it heard a leader");
        }
    }

    /// A vote once given may be said again at any time, and one that a leader wished for be given at
    /// any time; a new one, or the promise of one, may not be given yet.
    private void checkLoyal(NodeId voter, NodeId candidate, Sender sender, @Nullable VoteState vote) {
        boolean isDue = vote != null && (!sender.given.add(vote) || sender.wishes.contains(vote));
        if (isDue) {
            return;
        }
        long now = agenda.nowNanos();
        if (now - sender.heardNanos < LOYAL_NANOS && sender.heardNanos > sender.forgotNanos) {
            throw oracle.violation(voter + (vote == null ? " would vote for " : " votes for ") + candidate + " "
                    + (now - sender.heardNanos) / 1_000 + " us after it heard a leader");
        }
        if (now - sender.bornNanos < LOYAL_NANOS && sender.forgotNanos == NEVER) {
            throw oracle.violation(voter + (vote == null ? " would vote for " : " votes for ") + candidate + " "
                    + (now - sender.bornNanos) / 1_000 + " us after it started");
        }
    }

    private void checkAcknowledged(NodeId from, NodeId to, Sender sender, Message.AppendAccepted accepted) {
        long match = accepted.match();
        var disk = sender.disk;
        if (match > disk.lastIndex()) {
            throw oracle.violation(from + " acknowledges entry " + match + " and its disk ends at " + disk.lastIndex());
        }
        Long expected = sender.entryTerms.get(new Ack(to, accepted.term(), accepted.session(), match));
        if (expected != null && match > 0 && !disk.isCompacted(match) && disk.termAt(match) != expected) {
            throw oracle.violation(from + " acknowledges entry " + match + " of term " + expected
                    + " and its disk holds one of term " + disk.termAt(match) + " there");
        }
    }

    private record Round(NodeId leader, long term, long number) {}

    private record Ack(NodeId leader, long term, long session, long match) {}

    /// One life of a node, as its words show it.
    private static final class Sender {
        private final SimDisk disk;
        private final long bornNanos;
        private final Map<Round, Long> heartbeats = bounded();
        private final Map<Ack, Long> entryTerms = bounded();
        private final Set<VoteState> given = new HashSet<>();
        private final Set<VoteState> wishes = new HashSet<>();
        private long taughtTerm;
        private long heardTerm;
        private long heardNanos = NEVER;
        private long forgotNanos = NEVER;

        Sender(SimDisk disk, long bornNanos) {
            this.disk = disk;
            this.bornNanos = bornNanos;
            given.add(disk.vote());
        }

        private static <K> Map<K, Long> bounded() {
            return new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };
        }
    }
}

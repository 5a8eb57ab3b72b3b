package io.muster.simulation;

import java.util.List;
import java.util.stream.Stream;

/// Rules that others broke, or that the unit tests alone once held, each with the text that keeps it and a text that
/// does not.
final class KillTable {
    private static final String RAFT = "engines/raft/src/main/java/io/muster/raft/";
    private static final String RUNTIME = "engines/raft-runtime/src/main/java/io/muster/raftruntime/";
    private static final String JOBS = "state-machine/jobs/src/main/java/io/muster/jobs/";

    private KillTable() {}

    static List<Mutant> all() {
        return Stream.of(
                        persistence(),
                        replication(),
                        snapshots(),
                        elections(),
                        handOvers(),
                        MemberKills.all(),
                        reads(),
                        shell(),
                        states(),
                        jobs())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> persistence() {
        return List.of(
                new Mutant(
                        "a vote is given and never synced (T1, T4)",
                        1,
                        RAFT + "PendingWrites.java",
                        "new Effect.Persist(lastTicket, state, isStateChanged, cut, batches);",
                        "new Effect.Persist(lastTicket, state, false, cut, batches);"),
                new Mutant(
                        "a leader counts itself before its own sync (T11)",
                        2,
                        RAFT + "Replication.java",
                        "return log.durableIndex();",
                        "return log.lastIndex();"),
                new Mutant(
                        "a write proves entries that a cut has replaced meanwhile (T12)",
                        33,
                        RAFT + "PendingWrites.java",
                        "write.reach = Math.min(write.reach, index - 1);",
                        ""),
                new Mutant(
                                "damage before the end of the write-ahead log is taken for its torn end (T14)",
                                5,
                                RUNTIME + "LogOpening.java",
                                "WalFile.requireWhole(folder.wal());",
                                "")
                        .underRealFiles(),
                new Mutant(
                                "damage at the end of the write-ahead log is taken for its torn end (T14)",
                                44,
                                RUNTIME + "LogOpening.java",
                                "if (last < witness.number()) {",
                                "if (last < 0) {")
                        .underRealFiles());
    }

    private static List<Mutant> replication() {
        return List.of(
                new Mutant(
                        "an entry of an earlier term is committed by counting (figure 8, T17)",
                        93,
                        RAFT + "LeaderState.java",
                        " && log.terms().termAt(agreed) == context.term()",
                        ""),
                new Mutant("acknowledgements of an old session count (T19)", 7, RAFT + "Replication.java", """
                        if (answer.session() != replica.session()) {
                                    return;
                                }""", ""),
                new Mutant(
                        "a follower that restarted goes on in its old session (T19)",
                        24,
                        RAFT + "Replica.java",
                        """
                        session++;
                                match = 0;""",
                        "match = 0;"));
    }

    private static List<Mutant> snapshots() {
        return List.of(
                new Mutant(
                        "a log that is long enough is kept whatever it holds at the snapshot's end (T24)",
                        24,
                        RAFT + "Installation.java",
                        "return context.log().terms().holds(meta.lastIndex(), meta.lastTerm());",
                        "return meta.lastIndex() <= context.log().lastIndex();"),
                new Mutant(
                        "a start does not take over a snapshot that its log does not reach (T25)",
                        17,
                        RAFT + "Installation.java",
                        """
                        if (!isInLog(newest)) {
                                    beginAnew(newest);
                                }""",
                        ""),
                new Mutant(
                        "a snapshot is not pinned while it streams (T26)",
                        2,
                        RAFT + "SnapshotStreams.java",
                        "context.outbox().add(new Effect.PinSnapshots(streamed));",
                        ""),
                new Mutant(
                        "the leader's view of a member does not move behind the install (T26, T27)",
                        7,
                        RAFT + "Replica.java",
                        "if (match >= installing.meta().lastIndex()) {",
                        "if (match > installing.meta().lastIndex()) {"),
                new Mutant(
                        "an install is acknowledged before the log behind it is synced",
                        2,
                        RAFT + "RaftLog.java",
                        "durableIndex = 0;",
                        "durableIndex = next.index();"),
                new Mutant(
                        "the log is cut up to the newest snapshot, above the older one",
                        2,
                        RAFT + "KeptSnapshots.java",
                        "long older = kept.get(kept.size() - 2).lastIndex();",
                        "long older = kept.getLast().lastIndex();"));
    }

    private static List<Mutant> handOvers() {
        return List.of(new Mutant(
                "a leader that hands over keeps its lease (T52)",
                40,
                RAFT + "LeadershipTransfer.java",
                "context.outbox().add(new Effect.LeaseGivenUp());",
                ""));
    }

    private static List<Mutant> elections() {
        return List.of(
                new Mutant(
                        "a pre-vote is granted while a leader is heard (T35)",
                        1,
                        RAFT + "Voting.java",
                        "&& !timer.isSticky()",
                        ""),
                new Mutant(
                        "a vote is given above a leader that lives (T35)",
                        53,
                        RAFT + "Election.java",
                        "&& (role.get() instanceof Leader || timer.isSticky());",
                        "&& role.get() instanceof Leader;"),
                new Mutant("a voter that restarted votes at once (T52)", 2, RAFT + "ElectionTimer.java", """
                        this.random = random;
                                restart();""", """
                        this.random = random;
                                restart();
                                forgetLeader();"""),
                new Mutant(
                        "a leader that is refused connections loses its voters at once (T52)",
                        1,
                        RAFT + "ElectionTimer.java",
                        "hurry(times.electionTicksMin() - sinceRound);",
                        "forgetLeader(); hurry(0);"),
                new Mutant(
                        "a voter whose folder was emptied takes part again under its name",
                        14,
                        RAFT + "FoundingStatus.java",
                        "return isBound() && !shown.equals(founders.get(node));",
                        "return false;"),
                new Mutant(
                        "a leader without a quorum goes on leading (T34, T36)",
                        19,
                        RAFT + "Raft.java",
                        "if (readiness.isStalled(now) || !hasQuorum) {",
                        "if (readiness.isStalled(now)) {"),
                new Mutant(
                        "a leader whose disk hangs goes on leading (T40)",
                        3,
                        RAFT + "PendingWrites.java",
                        "return !outstanding.isEmpty() && tick - outstanding.getFirst().askedAt >= ticks;",
                        "return false;"));
    }

    private static List<Mutant> reads() {
        return List.of(
                new Mutant(
                        "a read is answered without a quorum (T49, T50)",
                        4,
                        RAFT + "Barriers.java",
                        "return rounds.confirmed() >= barrier.round() && context.log()",
                        "return context.log()"),
                new Mutant(
                        "a round that began before the question answers it (T50)",
                        12,
                        RAFT + "Barriers.java",
                        "new Pending(origin, ticket, rounds.next(), index)",
                        "new Pending(origin, ticket, rounds.next() - 1, index)"),
                new Mutant(
                        "a late refusal counts as an answer to a round of another life (T50)",
                        3,
                        RAFT + "StaleTermReplies.java",
                        "Heartbeat _ -> Optional.of(new Message.HeartbeatReply(term, NONE));",
                        "Heartbeat beat -> Optional.of(new Message.HeartbeatReply(term, beat.round()));"),
                new Mutant(
                        "a reader is answered on a lease that is over (T51)",
                        4,
                        RUNTIME + "PublishedView.java",
                        "leadership.isMine() && lease.trustedUntilNanos() - clocks.nanos() > 0",
                        "leadership.isMine()"),
                new Mutant(
                        "a new leader relies on its lease before its own first entry is committed (T49)",
                        5,
                        RAFT + "LeaderState.java",
                        "trust == Trust.HELD && hasBegun()",
                        "trust == Trust.HELD"));
    }

    private static List<Mutant> shell() {
        return List.of(
                new Mutant(
                        "entries are delivered before they are committed",
                        2,
                        RUNTIME + "Delivery.java",
                        "if (batch.lastIndex() > commitIndex) {",
                        "if (batch.lastIndex() > Long.MAX_VALUE - 1) {"),
                new Mutant(
                        "what is replayed from the disk is not compared with the log",
                        4,
                        RUNTIME + "Delivery.java",
                        "known < batches.size() && source.isInLog(batches.get(known))",
                        "known < batches.size()"),
                new Mutant(
                        "log time stands still while the wall clock is behind",
                        5,
                        "state-machine/log/src/main/java/io/muster/log/LogClock.java",
                        "Math.max(micros + elapsed / 2, target)",
                        "target"),
                new Mutant(
                        "log time follows the wall clock back",
                        5,
                        "state-machine/log/src/main/java/io/muster/log/LogClock.java",
                        "return Math.max(micros + 1, Math.max(micros + elapsed / 2, target));",
                        "return target;"),
                new Mutant(
                        "log time follows the clock of the leader alone",
                        21,
                        "state-machine/log/src/main/java/io/muster/log/LogClock.java",
                        "long target = Math.min(wanted, micros + reach);",
                        "long target = wallMicros;"),
                new Mutant(
                        "elapsed time follows the wall clocks",
                        1,
                        "state-machine/log/src/main/java/io/muster/log/LogClock.java",
                        "time.elapsedMicros() + elapsed);",
                        "time.elapsedMicros() + micros - time.micros());"),
                new Mutant(
                        "what runs is timed out by its date",
                        3,
                        JOBS + "Timers.java",
                        "byElapsed.first().state().dueElapsedMicros() <= time.elapsedMicros()",
                        """
                        ((JobState.Claimed) byElapsed.first().state()).claim().sinceMicros()
                                + byElapsed.first().spec.timeoutMillis() * 1_000
                                + JobLimits.DEADLINE_GRACE_MICROS <= time.micros()"""));
    }

    private static List<Mutant> states() {
        return List.of(
                new Mutant(
                        "the leader alone decides whose state differs",
                        5,
                        "state-machine/coordinator/src/main/java/io/muster/coordinator/LeaderDuties.java",
                        "told.put(self, own.getValue());",
                        "told.put(self, own.getValue()); told.replaceAll((_, _) -> own.getValue());"),
                new Mutant(
                        "a node goes on though its state differs from that of the majority",
                        17,
                        "state-machine/state/src/main/java/io/muster/state/DigestComparison.java",
                        "if (differs && check.voters() > 1) {",
                        "if (differs && check.voters() < 1) {"));
    }

    private static List<Mutant> jobs() {
        return List.of(
                new Mutant(
                        "a worker forgets a result once it is sent, so that a lost exchange loses it",
                        1,
                        "work/worker/src/main/java/io/muster/worker/WorkerLoop.java",
                        "newsSinceNanos = report.isComplete() ? NO_NEWS : nowNanos;",
                        "report.results().forEach(result -> runs.acknowledge(result.id())); newsSinceNanos = NO_NEWS;"),
                new Mutant(
                        "a late result of an earlier attempt counts",
                        1,
                        JOBS + "RunCompletion.java",
                        """
                        && claim.worker().equals(worker)
                                        && claim.incarnation() == incarnation
                                        && claim.attempt() == attempt""",
                        "&& claim.attempt() >= attempt"),
                new Mutant(
                        "a result of another process of the same name counts",
                        1,
                        JOBS + "RunCompletion.java",
                        "&& claim.incarnation() == incarnation",
                        ""),
                new Mutant(
                        "a worker is given one job more than it has slots",
                        1,
                        JOBS + "Worker.java",
                        "return claims.size() < slots() && !runsQuarantined;",
                        "return claims.size() <= slots() && !runsQuarantined;"),
                new Mutant(
                        "two claims of one entry have the same fence",
                        1,
                        JOBS + "EntryCursor.java",
                        "now.withOrdinal(claims++).fence()",
                        "now.withOrdinal(claims).fence()"));
    }
}

package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.jobs.JobCommand;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.Successor;
import io.muster.raft.Message;
import io.muster.values.ValueCommand;
import java.util.List;

/// Rare turns of events, each played on purpose, that chance alone would take too long to meet: what one of the rules
/// of consensus is there for.
final class Mischief {
    private final SimNode.Parts parts;
    private final Chance chance;
    private final SimCluster cluster;

    Mischief(SimNode.Parts parts, Chance chance, SimCluster cluster) {
        this.parts = parts;
        this.chance = chance;
        this.cluster = cluster;
    }

    /// The schedule of the paper's figure 8.
    void figureEight() {
        new FigureEight(parts, cluster).start();
    }

    /// A leader's machine sleeps so long that another is elected, and what was on its way to it, answers to its last
    /// heartbeats among it, waits there behind its clients' questions (T50).
    void sleepOverMail(SimNode leader) {
        parts.oracle().note(leader.id() + " sleeps over its mail");
        long nanos = chance.nanos(250_000, 2_500_000);
        leader.pause(nanos);
        for (SimNode other : cluster.othersOf(leader)) {
            hold(other, leader, nanos - chance.nanos(100, 100_000));
        }
    }

    /// What a leader said last arrives late, when its process has come back, does not know of it and perhaps leads
    /// again; meanwhile the others hear that one only (T19, T50).
    void hearFromTheDead(SimNode leader, SimNode listener) {
        if (leader == listener) {
            return;
        }
        parts.oracle().note(listener.id() + " will hear from " + leader.id() + " after its death");
        long cut = chance.nanos(600_000, 2_500_000);
        for (SimNode node : cluster.othersOf(leader)) {
            if (node != listener) {
                parts.agenda().in(cut, paths().cut(node.name(), listener.name()));
                parts.agenda().in(cut, paths().cut(listener.name(), node.name()));
            }
        }
        long held = chance.nanos(300_000, 1_200_000);
        hold(leader, listener, held);
        parts.agenda().in(chance.nanos(20_000, 120_000), () -> {
            leader.crash();
            paths().release(leader.name(), listener.name());
            parts.agenda().in(chance.nanos(1_000, 30_000), leader::start);
        });
    }

    /// A node is away until the others have cut their logs above what it has, and its links break as
    /// soon as it is sent the first piece of a snapshot (T26). Now and then it dies in that moment as
    /// well, or when it has taken the snapshot over and its disk has not begun the log anew (T25).
    void breakInstall(SimNode away) {
        parts.oracle().note(away.id() + " will lose its links while it installs");
        parts.agenda().in(chance.nanos(500_000, 2_500_000), paths().isolate(away.name(), cluster.namesOfOthers(away)));
        long broken = chance.nanos(20_000, 400_000);
        boolean dies = chance.oneIn(4);
        if (chance.oneIn(3)) {
            parts.oracle()
                    .rarities()
                    .atNextInstall(
                            away.id(),
                            () -> parts.agenda().in(0, () -> {
                                away.crash();
                                parts.agenda().in(broken, away::start);
                            }));
        }
        parts.oracle().rarities().atNextPiece(away.id(), () -> {
            parts.agenda().in(broken, paths().isolate(away.name(), cluster.namesOfOthers(away)));
            if (dies) {
                away.crash();
                parts.agenda().in(broken, away::start);
            }
        });
    }

    /// A leader is cut off with more in its log than the others have, and they go on so long without it
    /// that they have cut their logs when it hears of them: what it holds beyond is no part of any
    /// other log (T24).
    void floodTheCutOff(SimNode leader) {
        var mending = paths().isolate(leader.name(), cluster.namesOfOthers(leader));
        parts.agenda().in(chance.nanos(1_500_000, 4_000_000), mending);
        flood(leader);
    }

    /// A follower's disk is put back to an older state between two of its lives, while its last acknowledgements are
    /// still on their way (T19). It loses only what stands on all other disks, so that the cluster loses nothing.
    void goBack(SimNode leader, SimNode victim) {
        if (leader == victim || cluster.size() < 3) {
            return;
        }
        parts.oracle().note("the disk of " + victim.id() + " will go back");
        hold(victim, leader, chance.nanos(20_000, 150_000));
        parts.agenda().in(chance.nanos(2_000, 20_000), () -> {
            victim.crash();
            paths().release(victim.name(), leader.name());
            long end = victim.disk().lastIndex();
            long term = victim.disk().termAt(end);
            boolean isElsewhere =
                    cluster.nodes().stream().allMatch(node -> node.disk().termAt(end) == term);
            if (isElsewhere) {
                paths().slow(leader.name(), victim.name(), 60_000);
                parts.agenda().in(400_000_000, () -> paths().quicken(leader.name(), victim.name()));
                victim.disk().goBack(chance.between(1, 40));
            }
            parts.agenda().in(chance.nanos(100, 5_000), victim::start);
        });
    }

    /// What a leader has asked its slow disk for is replaced by another's entries before it is written, and these are
    /// sent again before they are written in turn (T12).
    void replaceUnwritten(SimNode leader) {
        parts.oracle().note(leader.id() + " is replaced before its disk has answered");
        var mending = paths().isolate(leader.name(), cluster.namesOfOthers(leader));
        parts.agenda().in(chance.nanos(300_000, 600_000), mending);
        parts.agenda().in(chance.nanos(1_000, 20_000), () -> {
            leader.disk().stall(chance.nanos(400_000, 900_000));
            leader.disk().slow(300_000);
            parts.agenda().in(1_800_000_000, () -> leader.disk().slow(0));
        });
    }

    /// A candidate's requests arrive when those whom it asks hear a leader again that had only slept (T35).
    void askLate(SimNode leader, SimNode candidate) {
        if (leader == candidate) {
            return;
        }
        parts.oracle().note(candidate.id() + " asks for votes too late");
        leader.pause(chance.nanos(200_000, 450_000));
        candidate.disk().stall(chance.nanos(300_000, 700_000));
        parts.agenda().in(chance.nanos(500_000, 1_200_000), paths().cut(leader.name(), candidate.name()));
    }

    /// A leader hands over. It may be that it sleeps when its successor is elected, or does not hear
    /// it, or that the successor dies before it is told (T41, T52).
    void handOver(SimNode leader, SimNode successor) {
        parts.oracle().note(leader.id() + " hands over to " + successor.id());
        int dice = chance.between(0, 3);
        if (dice == 0 && successor != leader) {
            successor.crash();
            parts.agenda().in(chance.nanos(400_000, 2_500_000), successor::start);
        }
        leader.transfer(successor == leader ? Successor.ANYONE : new Successor.Named(successor.id()), _ -> {});
        if (dice == 1) {
            parts.agenda().in(chance.nanos(0, 20_000), () -> leader.pause(chance.nanos(50_000, 400_000)));
        } else if (dice == 2) {
            parts.agenda().in(chance.nanos(0, 20_000), () -> hold(successor, leader, chance.nanos(50_000, 400_000)));
        }
    }

    /// A message arrives whose term no election can have led to (T44).
    void claimWildTerm(SimNode from, SimNode to) {
        if (from.isUp() && to.isUp() && from != to) {
            parts.oracle().note(from.id() + " is heard with a wild term at " + to.id());
            parts.network().forge(from.id(), to.id(), new Message.Heartbeat(Long.MAX_VALUE / 2, 1, 0));
        }
    }

    /// Somebody reports a result for a job that another process of the same worker holds.
    void impersonate(SimNode leader) {
        parts.oracle().jobs().anyHeld().ifPresent(held -> {
            parts.oracle().note("somebody reports " + held.job() + " in the name of " + held.worker());
            var forged = new WorkResult(held.job(), held.attempt(), new RunEnding.Success(Bytes.utf8("\"forged\"")));
            propose(leader, new JobCommand.ReportWork(held.worker(), chance.any(), List.of(forged), List.of()));
        });
    }

    /// More arrives in one moment than the limits let in.
    void flood(SimNode leader) {
        parts.oracle().note("a flood at " + leader.id());
        for (int i = chance.between(50, 300); i > 0; i--) {
            var command = new ValueCommand.Other(Bytes.wrap(new byte[chance.between(100, 8_000)]));
            propose(leader, Envelope.of(command, Asker.named("flood")));
            leader.readBarrier(_ -> {});
        }
    }

    private static void propose(SimNode node, JobCommand command) {
        propose(node, Envelope.of(command, Asker.named("impostor")));
    }

    private static void propose(SimNode node, Envelope envelope) {
        node.propose(new SimNode.Ask(Bytes.wrap(envelope.encode()), _ -> {}));
    }

    private void hold(SimNode from, SimNode to, long nanos) {
        paths().hold(from.name(), to.name(), nanos);
    }

    private NetworkPaths paths() {
        return parts.network().paths();
    }
}

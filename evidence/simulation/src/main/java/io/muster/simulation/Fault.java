package io.muster.simulation;

import java.util.Collections;
import java.util.List;

/// One thing that can go wrong, and how often it does beside the others. A seed draws a fault by its
/// place in the table, so that another row, or another weight, gives every seed another run.
record Fault(int weight, Strike act) {
    private static final List<Fault> TABLE = List.of(
            of(2, (on, at) -> on.machines().crashAndRestart(at.node())),
            of(1, (on, at) -> at.leader().ifPresent(on.machines()::crashAndRestart)),
            of(1, (on, _) -> on.machines().blackOut()),
            of(2, (on, at) -> on.links().cut(at.node(), at.other())),
            of(1, (on, at) -> on.links().isolate(at.node())),
            of(1, (on, at) -> on.links().cutWorker(at.worker(), at.node())),
            of(1, (on, at) -> on.machines().crashAndRestart(at.worker())),
            of(1, (on, at) -> on.machines().pause(at.worker())),
            of(1, (on, at) -> on.machines().pause(at.node())),
            of(1, (on, at) -> on.machines().troubleDisk(at.node())),
            of(1, (on, at) -> on.machines().stepClock(at.node())),
            of(1, (on, _) -> on.links().degrade()),
            of(1, (on, at) -> on.machines().loseTheUnsynced(at.node(), at.other())),
            of(1, (on, at) -> at.leader().ifPresent(leader -> on.machines().loseTheUnsynced(leader, at.other()))),
            of(1, (on, at) -> on.machines().electUnderStall(at.leader())),
            of(1, (on, _) -> on.machines().killLeaders()),
            of(1, (on, _) -> on.mischief().figureEight()),
            of(1, (on, at) -> on.machines().slow(at.node())),
            of(1, (on, at) -> on.machines().slowDisk(at.node())),
            of(1, (on, at) -> on.links().slow(at.node(), at.other())),
            of(2, (on, at) -> on.links().bridge(at.node())),
            of(1, (on, at) -> at.leader().ifPresent(leader -> on.links().cut(leader, at.other()))),
            of(2, (on, at) -> at.leader().ifPresent(on.mischief()::sleepOverMail)),
            of(2, (on, at) -> at.leader().ifPresent(leader -> on.mischief().hearFromTheDead(leader, at.other()))),
            of(2, (on, at) -> at.leader().ifPresent(leader -> on.mischief().goBack(leader, at.other()))),
            of(1, (on, at) -> on.mischief().claimWildTerm(at.node(), at.other())),
            of(2, (on, at) -> at.leader().ifPresent(on.links()::tearDown)),
            of(1, (on, at) -> at.leader().ifPresent(on.mischief()::flood)),
            of(2, (on, at) -> at.leader().ifPresent(on.mischief()::impersonate)),
            of(2, (on, _) -> on.machines().loseClock()),
            of(2, (on, at) -> at.leader().ifPresent(on.mischief()::replaceUnwritten)),
            of(2, (on, at) -> at.leader().ifPresent(leader -> on.mischief().askLate(leader, at.other()))),
            of(3, (on, at) -> on.mischief().breakInstall(at.node())),
            of(2, (on, at) -> at.leader().ifPresent(on.mischief()::floodTheCutOff)));

    /// Each fault as often as it weighs.
    private static final List<Fault> DRAWN = TABLE.stream()
            .flatMap(fault -> Collections.nCopies(fault.weight, fault).stream())
            .toList();

    private static Fault of(int weight, Strike act) {
        return new Fault(weight, act);
    }

    static Fault draw(Chance chance) {
        return chance.pick(DRAWN);
    }

    void strike(Causes causes, Victims victims) {
        act.strike(causes, victims);
    }

    /// What can make a fault.
    record Causes(MachineFaults machines, LinkFaults links, Mischief mischief) {}

    /// Makes a fault of such causes, at such victims.
    interface Strike {
        void strike(Causes on, Victims at);
    }
}

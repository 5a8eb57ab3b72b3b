package io.muster.coordinator;

import io.muster.jobs.Checkpoint;
import io.muster.jobs.Delta;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobCommand;
import io.muster.jobs.ReportParts;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerState;
import io.muster.jobs.WorkerView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Which commands let the ledger know what a worker reports: a pure function of the report and the ledger.
final class ReportPlan {
    private ReportPlan() {}

    /// What lets a worker join that the ledger does not know.
    static JobCommand join(WorkerReport report) {
        return new JobCommand.JoinWorker(
                report.inventory().worker(), report.inventory().incarnation(), report.capacity());
    }

    /// What the ledger does not know yet, checkpoints among it.
    static List<JobCommand> first(WorkerReport report, Optional<WorkerView> known, Delta.Of delta) {
        return plan(report, known, delta, open(report, delta));
    }

    /// What the ledger still does not know. Checkpoints are told once: a repetition would be written again.
    static List<JobCommand> further(WorkerReport report, Optional<WorkerView> known, Delta.Of delta) {
        return plan(report, known, delta, List.of());
    }

    private static List<JobCommand> plan(
            WorkerReport report, Optional<WorkerView> known, Delta.Of delta, List<Checkpoint> checkpoints) {
        var commands = new ArrayList<JobCommand>(2);
        var worker = report.inventory().worker();
        long incarnation = report.inventory().incarnation();
        known.ifPresent(view -> {
            if (view.state() == WorkerState.SUSPENDED) {
                commands.add(new JobCommand.ResumeWorker(worker, incarnation));
            }
            if (!view.capacity().equals(report.capacity())) {
                commands.add(new JobCommand.ChangeWorker(worker, incarnation, report.capacity()));
            }
        });
        commands.addAll(ReportParts.of(worker, incarnation, fresh(report.results(), delta), checkpoints));
        return commands;
    }

    /// The checkpoints of attempts that the worker holds: those of any other would be written to change nothing.
    private static List<Checkpoint> open(WorkerReport report, Delta.Of delta) {
        if (report.checkpoints().isEmpty()) {
            return List.of();
        }
        var open = new HashSet<>(report.inventory().held());
        open.addAll(report.inventory().unacknowledged());
        delta.drops().forEach(drop -> open.remove(drop.attempt()));
        delta.acknowledged().forEach(known -> open.remove(known.attempt()));
        return report.checkpoints().stream()
                .filter(checkpoint -> open.contains(new Inventory.Attempt(checkpoint.job(), checkpoint.attempt())))
                .toList();
    }

    private static List<WorkResult> fresh(List<WorkResult> results, Delta.Of delta) {
        if (delta.fresh().isEmpty()) {
            return List.of();
        }
        var fresh = new HashSet<>(delta.fresh());
        return results.stream()
                .filter(result -> fresh.contains(new Inventory.Attempt(result.job(), result.attempt())))
                .toList();
    }
}

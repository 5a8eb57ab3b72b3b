package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A worker process that forgets nothing it was told and repeats everything that was not acknowledged. It goes on
/// after the ledger has given it up, as a frozen process does.
final class RandomWorker {
    final NodeId id;
    long incarnation;

    private final Random random;
    private final Map<JobId, Integer> held = new LinkedHashMap<>();
    private final List<WorkResult> unacknowledged = new ArrayList<>();

    RandomWorker(String name, Random random) {
        this.id = new NodeId(name);
        this.random = random;
    }

    /// A new process under the same name.
    void restart() {
        incarnation++;
        held.clear();
        unacknowledged.clear();
    }

    /// Ends some of the runs it holds.
    void work() {
        for (Map.Entry<JobId, Integer> run : List.copyOf(held.entrySet())) {
            if (random.nextInt(3) == 0) {
                held.remove(run.getKey());
                unacknowledged.add(new WorkResult(run.getKey(), run.getValue(), ending()));
            }
        }
    }

    Inventory inventory() {
        List<Inventory.Attempt> runs = new ArrayList<>();
        held.forEach((job, attempt) -> runs.add(new Inventory.Attempt(job, attempt)));
        List<Inventory.Attempt> results = unacknowledged.stream()
                .map(result -> new Inventory.Attempt(result.job(), result.attempt()))
                .toList();
        return new Inventory(id, incarnation, runs, results);
    }

    /// Takes note of what the ledger answered; the answer may have been lost on the way.
    void hear(Delta delta) {
        if (delta instanceof Delta.Of told) {
            told.acknowledged()
                    .forEach(each -> unacknowledged.removeIf(
                            result -> new Inventory.Attempt(result.job(), result.attempt()).equals(each.attempt())));
            told.lacking().forEach(job -> held.put(job.id(), job.tries().claims()));
            told.drops()
                    .forEach(drop ->
                            held.remove(drop.attempt().job(), drop.attempt().number()));
        }
    }

    /// Everything not yet acknowledged, in one report, and a checkpoint of every run.
    JobCommand.ReportWork report() {
        var checkpoints = new ArrayList<Checkpoint>();
        held.forEach((job, attempt) -> checkpoints.add(
                new Checkpoint(job, attempt, io.muster.encoding.Bytes.utf8("at " + random.nextInt(10)))));
        return new JobCommand.ReportWork(id, incarnation, unacknowledged, checkpoints);
    }

    private RunEnding ending() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new RunEnding.Failure("it broke", RunEnding.RetryAdvice.RETRY);
            case 2 -> new RunEnding.Failure("it cannot work", RunEnding.RetryAdvice.GIVE_UP);
            case 3 -> new RunEnding.Released();
            default -> Cluster.success();
        };
    }
}

package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.FencingToken;
import io.muster.log.LogTime;
import io.muster.log.SectionContract;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Thousands of random commands, with losses, late and repeated reports and lost answers, on two ledgers: one is thrown
/// away now and then and read back from its snapshot, the other is not. They must never differ.
final class LedgerModelTest {
    private static final int RUNS = Integer.getInteger("runs", 10);
    private static final int COMMANDS = 1_500;

    private final Map<JobId, JobState.Kind> finished = new HashMap<>();
    private final Set<JobId> submitted = new HashSet<>();
    private final Set<Inventory.Attempt> counted = new HashSet<>();
    private final Set<JobEvent.Cause> seen = EnumSet.noneOf(JobEvent.Cause.class);
    private final Map<JobId, FencingToken> fences = new HashMap<>();

    private final List<NaiveAssignment.Given> given = new ArrayList<>();
    private final List<JobEvent> told = new ArrayList<>();
    private JobLedger steady = new JobLedger(this::check);
    private JobLedger restarted = new JobLedger(told::add);
    private long index;
    private long micros = 1_700_000_000_000_000L;

    @Test
    void no_job_is_lost_or_counted_twice_whatever_happens_in_which_order() {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        System.out.println("seed " + seed);
        for (int run = 0; run < RUNS; run++) {
            var model = new LedgerModelTest();
            model.run(new Random(seed + run));
            seen.addAll(model.seen);
        }
        assertThat(seen)
                .as("a run that never meets a case proves nothing about it")
                .contains(JobEvent.Cause.values());
    }

    private void run(Random random) {
        List<RandomWorker> workers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            workers.add(new RandomWorker("node-" + i, random));
        }
        var commands = new RandomCommands(random, workers);
        for (int i = 0; i < COMMANDS; i++) {
            micros += random.nextInt(10) == 0 ? random.nextInt(4_000_000) : random.nextInt(50_000);
            JobCommand command = commands.next();
            JobReply reply = apply(command, random);
            commands.remember(reply);
            note(command, reply);
            for (RandomWorker worker : workers) {
                Delta delta = steady.delta(worker.inventory());
                if (random.nextInt(3) > 0) {
                    worker.hear(delta);
                }
                worker.work();
            }
            if (random.nextInt(40) == 0) {
                lead(commands);
            }
            if (random.nextInt(25) == 0) {
                restarted = readBack(chunks(restarted));
                assertThat(chunks(restarted)).isEqualTo(chunks(steady));
                checkNothingIsLost();
            }
            new Recount(steady).check();
            assertThat(restarted.digest(0)).isEqualTo(steady.digest(0));
        }
        finish(workers);
    }

    private JobReply apply(JobCommand command, Random random) {
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(micros, micros / 2));
        CommandOrigin origin = random.nextInt(3) == 0
                ? new CommandOrigin("ops", "key-" + random.nextInt(20), command.encode())
                : CommandOrigin.INTERNAL;
        JobReply reply = step(steady, stamp, origin, command);
        JobCommand decoded = command.kind().decode(1, command.encode());
        assertThat(step(restarted, stamp, origin, decoded)).isEqualTo(reply);
        return reply;
    }

    private JobReply step(JobLedger ledger, Stamp stamp, CommandOrigin origin, JobCommand command) {
        ledger.advance(stamp);
        JobReply reply = ledger.apply(stamp, origin, command);
        assign(ledger, stamp);
        ledger.takeClosedBlocks();
        return reply;
    }

    /// Lets the ledger give jobs out, which must be what the plainest assignment gives out, in the same order.
    private void assign(JobLedger ledger, Stamp stamp) {
        if (ledger != steady) {
            ledger.settle(stamp);
            return;
        }
        var expected = new NaiveAssignment(ledger.indexes()).run();
        given.clear();
        ledger.settle(stamp);
        assertThat(given).isEqualTo(expected);
    }

    private void lead(RandomCommands commands) {
        var leader = commands.leader();
        index++;
        var stamp = new Stamp(1, index, 0, new LogTime(micros, micros / 2));
        for (JobLedger ledger : List.of(steady, restarted)) {
            ledger.advance(stamp);
            ledger.leaderChanged(leader);
            assign(ledger, stamp);
        }
    }

    /// What must hold of each move by itself.
    private void check(JobEvent event) {
        switch (event) {
            case JobEvent.Moved moved -> {
                seen.add(moved.cause());
                if (moved.job().state() instanceof JobState.Claimed(var claim)) {
                    checkClaim(moved.job().id(), claim);
                }
            }
            case JobEvent.Finished end -> {
                seen.add(end.cause());
                FinishedJob job = end.job();
                JobState.Kind before = finished.put(job.id(), job.state().kind());
                assertThat(before)
                        .as("%s ends once, or again after it was dead", job.id())
                        .isIn(null, JobState.Kind.DEAD);
            }
            case JobEvent.WorkerChanged _, JobEvent.QueueChanged _ -> {
                // said elsewhere
            }
        }
    }

    private void checkClaim(JobId job, Claim claim) {
        Worker worker = steady.indexes().workers.get(claim.worker());
        assertThat(worker.claims.size()).isLessThanOrEqualTo(worker.capacity().slots());
        FencingToken before = fences.put(job, claim.fence());
        given.add(new NaiveAssignment.Given(job, claim.worker()));
        assertThat(before == null || claim.fence().compareTo(before) > 0).isTrue();
    }

    private void note(JobCommand command, JobReply reply) {
        if (reply instanceof JobReply.Submitted(var receipts)) {
            receipts.forEach(receipt -> submitted.add(receipt.job()));
        }
        if (command instanceof JobCommand.ReportWork report && reply instanceof JobReply.Reported(var verdicts)) {
            for (int i = 0; i < verdicts.size(); i++) {
                WorkResult result = report.results().get(i);
                var attempt = new Inventory.Attempt(result.job(), result.attempt());
                if (verdicts.get(i) == JobReply.ResultVerdict.COUNTED) {
                    assertThat(counted.add(attempt))
                            .as("%s counts once", attempt)
                            .isTrue();
                }
            }
        }
    }

    private void checkNothingIsLost() {
        for (JobId job : submitted) {
            assertThat(steady.find(job).isPresent() || finished.containsKey(job))
                    .as("%s is in the ledger or has finished", job)
                    .isTrue();
        }
    }

    /// Heals everything: whatever can run must come to an end.
    private void finish(List<RandomWorker> workers) {
        apply(new JobCommand.ConfigureQueue("default", QueueSettings.DEFAULT), new Random(1));
        apply(new JobCommand.ConfigureQueue("audits", QueueSettings.DEFAULT), new Random(1));
        apply(new JobCommand.ConfigureQueue("bulk", QueueSettings.DEFAULT), new Random(1));
        for (RandomWorker worker : workers) {
            worker.restart();
            Capacity capacity = Capacity.of(4, Labels.of("gpu"), List.of("noop", "sleep"));
            apply(new JobCommand.JoinWorker(worker.id, worker.incarnation, capacity), new Random(1));
        }
        for (int i = 0; i < 2_000 && live() > 0; i++) {
            micros += 500_000;
            for (RandomWorker worker : workers) {
                worker.hear(steady.delta(worker.inventory()));
                worker.work();
                apply(worker.report(), new Random(1));
            }
        }
        checkNothingIsLost();
        assertThat(live()).isZero();
        assertThat(chunks(restarted)).isEqualTo(chunks(steady));
        assertThat(steady.counts()).isEqualTo(restarted.counts());
    }

    private long live() {
        return steady.counts().entrySet().stream()
                .filter(count -> count.getKey().isLive())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static List<Bytes> chunks(JobLedger ledger) {
        return SectionContract.chunks(ledger.freeze());
    }

    private JobLedger readBack(List<Bytes> chunks) {
        var ledger = new JobLedger(told::add);
        ledger.fill(chunks);
        return ledger;
    }
}

package io.muster.benchmarks;

import io.muster.jobs.Concurrency;
import io.muster.jobs.JobSpec;
import io.muster.jobs.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a finished job costs, and the submission of the one that takes its place, in the shapes that an
/// assignment which looks at every lane, job or worker cannot bear. The aim: ten thousand of a thing
/// within three times of one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AssignmentBenchmark {
    private static final int SLOTS = 8;
    private static final int BATCH = 900;

    /// Which shape.
    public enum Shape {
        /// Lanes of as many affinities; the one worker that can serve them is full, an idle one cannot.
        AFFINITIES_ONE_CAPABLE_WORKER,
        /// The same with lanes of as many queues and types.
        QUEUES_AND_TYPES_ONE_CAPABLE_WORKER,
        /// Lanes of as many affinities under one concurrency key that lets one job run.
        ONE_CONCURRENCY_KEY,
        /// A concurrency key for each lane.
        A_CONCURRENCY_KEY_EACH,
        /// As many jobs that must run alone and that no worker can have, beside ordinary work.
        UNSERVABLE_SOLO_JOBS
    }

    @Param
    private Shape shape = Shape.AFFINITIES_ONE_CAPABLE_WORKER;

    @Param({"1", "1000", "9900"})
    private int count;

    private DrivenLedger ledger = new DrivenLedger();

    /// Builds the shape; called by JMH.
    @Setup
    public void fill() {
        ledger = new DrivenLedger();
        if (shape == Shape.UNSERVABLE_SOLO_JOBS) {
            for (String worker : List.of("odd-1", "odd-2")) {
                ledger.join(worker, 10_000, Labels.of("odd"), "noop");
                if (worker.equals("odd-1")) {
                    submit(count, i -> DrivenLedger.noop().withLabels(Labels.of("odd")));
                }
                ledger.lose(worker);
            }
        }
        ledger.join("other", SLOTS, Labels.NONE, "sleep");
        String[] types = new String[100];
        for (int i = 0; i < types.length; i++) {
            types[i] = "type-" + (100 + i);
        }
        types[0] = "noop";
        ledger.join("worker", SLOTS, Labels.NONE, types);
        submit(SLOTS + 1, i -> spec(0));
        submit(count, this::spec);
    }

    /// One job ends, one of its kind is submitted, and the slot is filled.
    @Benchmark
    public void finishOne() {
        ledger.submit(ledger.finishOne());
    }

    private JobSpec spec(int i) {
        JobSpec noop = DrivenLedger.noop();
        return switch (shape) {
            case AFFINITIES_ONE_CAPABLE_WORKER -> noop.withAffinity("repo-" + i);
            case QUEUES_AND_TYPES_ONE_CAPABLE_WORKER ->
                JobSpec.of(i % 100 == 0 ? "noop" : "type-" + (100 + i % 100), "queue-" + i / 100, noop.payload());
            case ONE_CONCURRENCY_KEY -> noop.withAffinity("repo-" + i).withConcurrency(new Concurrency("deploy", 1));
            case A_CONCURRENCY_KEY_EACH -> noop.withConcurrency(new Concurrency("deploy-" + i, 1));
            case UNSERVABLE_SOLO_JOBS -> noop;
        };
    }

    private void submit(int jobs, java.util.function.IntFunction<JobSpec> spec) {
        for (int from = 0; from < jobs; from += BATCH) {
            var batch = new ArrayList<JobSpec>();
            for (int i = from; i < Math.min(jobs, from + BATCH); i++) {
                batch.add(spec.apply(i));
            }
            ledger.submit(batch);
        }
    }
}

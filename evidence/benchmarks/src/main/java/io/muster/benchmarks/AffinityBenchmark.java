package io.muster.benchmarks;

import io.muster.jobs.Labels;
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

/// What a job of a new affinity costs among few workers and among many. The aim: 900 within three times of one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AffinityBenchmark {
    /// Whether workers are all alike or each has a label of its own.
    public enum Kind {
        /// All alike.
        ALIKE,
        /// A label each, as of a host's name.
        A_LABEL_EACH
    }

    @Param
    private Kind kind = Kind.ALIKE;

    @Param({"1", "900"})
    private int workers;

    private DrivenLedger ledger = new DrivenLedger();
    private long next;

    /// Lets the workers join; called by JMH.
    @Setup
    public void join() {
        ledger = new DrivenLedger();
        for (int i = 0; i < workers; i++) {
            ledger.join("worker-" + i, 4, kind == Kind.ALIKE ? Labels.NONE : Labels.of("host=h" + i), "noop");
        }
    }

    /// Submits a job of an affinity seen for the first time, and ends it.
    @Benchmark
    public void submitAndFinish() {
        ledger.submit(DrivenLedger.noop().withAffinity("repo-" + next++));
        ledger.finishOne();
    }
}

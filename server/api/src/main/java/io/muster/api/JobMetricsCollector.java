package io.muster.api;

import io.muster.jobs.JobEvent;
import io.muster.jobs.JobMetrics;
import io.muster.jobs.JobState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the ledger has counted, in the form of Prometheus. The counting is done where jobs move, with an addition each;
/// here the sums are read once a scrape.
final class JobMetricsCollector implements MultiCollector {
    private static final double MICROS = 1e6;

    private volatile @Nullable JobMetrics metrics;

    /// Shows these metrics from now on.
    void show(JobMetrics next) {
        metrics = next;
    }

    @Override
    public MetricSnapshots collect() {
        JobMetrics now = metrics;
        return now == null
                ? MetricSnapshots.of()
                : MetricSnapshots.of(
                        counter("muster_jobs_submitted", "Jobs taken in", now.submitted()),
                        finished(now),
                        retries(now),
                        counter(
                                "muster_results_fenced",
                                "Results that this node refused because their claim had ended",
                                now.refusedResults()),
                        histogram("muster_job_pickup_seconds", "From ready to claimed, in log time", now.pickup()),
                        histogram("muster_job_run_seconds", "From claimed to reported, in log time", now.run()));
    }

    private static CounterSnapshot finished(JobMetrics metrics) {
        var counter = CounterSnapshot.builder()
                .name("muster_jobs_finished")
                .help("Jobs that came to an end, by outcome; dead is what became a dead letter");
        for (JobState.Kind kind : JobState.Kind.values()) {
            Long count = metrics.finished().get(kind);
            if (count != null) {
                counter.dataPoint(point(Labels.of("outcome", kind.name().toLowerCase(Locale.ROOT)), count));
            }
        }
        return counter.build();
    }

    private static CounterSnapshot retries(JobMetrics metrics) {
        var counter = CounterSnapshot.builder()
                .name("muster_job_retries")
                .help("Runs that ended without finishing their job, by what ended them");
        for (JobEvent.Cause cause : JobEvent.Cause.values()) {
            Long count = metrics.retries().get(cause);
            if (count != null) {
                counter.dataPoint(point(Labels.of("cause", cause.name().toLowerCase(Locale.ROOT)), count));
            }
        }
        return counter.build();
    }

    private static CounterSnapshot counter(String name, String help, long count) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(Labels.EMPTY, count))
                .build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot point(Labels labels, long count) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) count)
                .build();
    }

    private static HistogramSnapshot histogram(String name, String help, JobMetrics.Spread spread) {
        var bounds = new ArrayList<Double>();
        JobMetrics.Spread.BOUNDS_MICROS.forEach(micros -> bounds.add(micros / MICROS));
        bounds.add(Double.POSITIVE_INFINITY);
        var data = HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, List.<Number>copyOf(spread.counts())))
                .sum(spread.totalMicros() / MICROS)
                .build();
        return HistogramSnapshot.builder().name(name).help(help).dataPoint(data).build();
    }
}

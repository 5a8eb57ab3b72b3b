/// Measures Muster on the machine it stands on, always beside what the machine itself can do.
///
/// * [io.muster.benchmarks.WritesBench]: replicated, synced writes through three processes on loopback.
///   [io.muster.benchmarks.WritesGroup] starts the processes, [io.muster.benchmarks.WritesNode] is one of them, and
///   [io.muster.benchmarks.WriteLoad] the load in the one that leads.
///
/// * [io.muster.benchmarks.ComparisonBenchmark], [io.muster.benchmarks.MatchBenchmark] and
///   [io.muster.benchmarks.SbomBenchmark]: the matching core, by JMH.
///
/// A figure is printed with what it depends on: durability, batch sizes, syncs, load average, and where the processor's
/// time went.
@NullMarked
package io.muster.benchmarks;

import org.jspecify.annotations.NullMarked;

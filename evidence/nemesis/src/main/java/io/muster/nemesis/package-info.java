/// Three real nodes in network namespaces, under load and in trouble (`make nemesis`).
///
/// ```
///   Nemesis ──▶ Trouble ──▶ NemesisCluster ──▶ Namespaces       namespaces, routes, rules that drop packets
///      │                          └──────────▶ NodeMachine   a process, its disk, its clock
///      ├──▶ RegisterLoad ──▶ simulation.Linearizability      the simulator's oracle over what clients saw
///      └──▶ JobLoad                                          accepted, lost, counted twice
/// ```
///
/// * [io.muster.nemesis.Nemesis] runs it all.
/// * [io.muster.nemesis.Trouble] lists what can befall the cluster.
@NullMarked
package io.muster.nemesis;

import org.jspecify.annotations.NullMarked;

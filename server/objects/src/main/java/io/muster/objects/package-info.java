/// What is too large for the log: files named by the SHA-256 of their content, on the disks of the nodes.
///
/// ```
///   chunks of an upload ─▶ ObjectStore.receive ─▶ incoming/<digest> ─checked, synced, renamed─▶ 3f/<digest>
///                                                                                               3f/<digest>.sums
///   ObjectStore.read ◀── pieces of 1 MiB, each against its sum ◀────────────────────────────────┘
///                           └─ one that differs: the file goes to damaged/, and is fetched from another node
/// ```
///
/// * [io.muster.objects.ObjectStore] is the way in and out; [io.muster.objects.ObjectFolder] knows the files.
/// * [io.muster.objects.PieceSums] is the one stored format.
/// * [io.muster.objects.ObjectReplication] moves objects between nodes, [io.muster.objects.ObjectKeeper] does it by
///   itself where one is missing, and removes what the log does not name.
@NullMarked
package io.muster.objects;

import org.jspecify.annotations.NullMarked;

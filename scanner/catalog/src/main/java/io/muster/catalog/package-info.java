/// The advisory database on disk: found, imported, named by its digest, and asked.
///
/// ```
///  folder, all.zip ──Sources──▶ documents ──▶ LoadedDatabase (in memory)
///                                   │
///                                   └─Import──▶ IndexWriter ──▶ snapshot file ──▶ IndexedDatabase (mapped)
///                                        ▲                          │
///                                        └──EarlierRecords──────────┘  what did not change is not read again
/// ```
///
/// [AdvisoryDatabase] is what the rest of Muster asks; [AdvisoryStore] keeps its snapshots and puts a new
/// one in use as a whole or not at all. [DatabaseDigest] names the content over the canonical bytes of
/// [RecordCodec], so that every packing of the same records has the same name. The index is
/// [IndexHeader], frames ([RecordFrame]) and three sorted tables; [IndexFile] reads it. What hostile
/// archives get is in [Archive].
@NullMarked
package io.muster.catalog;

import org.jspecify.annotations.NullMarked;

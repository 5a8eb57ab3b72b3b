/// The advisory database on disk: found, imported, named by its digest, and asked.
///
/// [Sources] walks folders and archives ([Archive]) and hands out documents; [AdvisoryDatabase] is what the rest of
/// Muster asks. [LoadedDatabase] holds a small set in memory. [DatabaseDigest] names the content over the canonical
/// bytes of [RecordCodec], so that every packing of the same records has the same name.
@NullMarked
package io.muster.catalog;

import org.jspecify.annotations.NullMarked;

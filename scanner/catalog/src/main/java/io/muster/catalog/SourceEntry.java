package io.muster.catalog;

import io.muster.encoding.Bytes;

/// The bytes of one document found in a folder or archive.
///
/// @param name the path below the place searched, with `!` between an archive and what is in it
record SourceEntry(String name, Bytes bytes) {}

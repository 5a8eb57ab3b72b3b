package io.muster.catalog;

import java.nio.file.Path;
import java.time.Instant;

/// One imported state of the database, immutable.
///
/// @param imported when the file was written
public record DatabaseSnapshot(String digest, Path file, long bytes, Instant imported) {}

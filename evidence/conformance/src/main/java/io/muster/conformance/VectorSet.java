package io.muster.conformance;

import java.io.IOException;
import java.nio.file.Path;

/// One kind of published vectors: knows its files and runs them.
interface VectorSet {

    /// The word in the first column of the report.
    String kind();

    /// Whether the file is one of this kind, by its name alone.
    boolean recognises(Path file);

    /// Runs every case of the file.
    ///
    /// @throws IOException when the file cannot be read
    FileResult run(Path file) throws IOException;
}

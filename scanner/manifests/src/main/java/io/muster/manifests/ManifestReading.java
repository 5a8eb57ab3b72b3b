package io.muster.manifests;

import java.util.List;

/// What became of reading a file.
public sealed interface ManifestReading {

    /// The file was understood.
    ///
    /// @param warnings what was passed over and why, each fit to show to a person
    record Read(Manifest manifest, List<String> warnings) implements ManifestReading {

        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /// The file was not, and no part of it is used.
    ///
    /// @param line where, counted from 1; 0 when it concerns the whole file
    record Refused(String reason, int line) implements ManifestReading {}
}

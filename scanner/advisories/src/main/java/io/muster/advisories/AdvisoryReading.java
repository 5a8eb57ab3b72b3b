package io.muster.advisories;

/// What became of bytes that should hold an advisory.
public sealed interface AdvisoryReading {

    /// They do.
    record Read(Advisory advisory) implements AdvisoryReading {}

    /// They do not: in which source, where in it (`line 3`, or empty), and why.
    record Malformed(String source, String place, String reason) implements AdvisoryReading {

        /// One sentence for a person: `cannot read PYSEC-1.yaml at line 3: …`.
        public String message() {
            return "cannot read " + source + (place.isEmpty() ? "" : " at " + place) + ": " + reason;
        }
    }
}

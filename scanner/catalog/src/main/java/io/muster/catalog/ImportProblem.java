package io.muster.catalog;

import io.muster.advisories.AdvisoryReading;

/// Something that was found and could not be taken in: which source, and why. The rest was taken in all the same.
public record ImportProblem(String source, String reason) {

    /// How many are kept of one import or scan; a folder full of foreign files must not fill the memory.
    public static final int MAX_KEPT = 1_000;

    static ImportProblem of(AdvisoryReading.Malformed malformed) {
        String where = malformed.place().isEmpty() ? "" : "at " + malformed.place() + ": ";
        return new ImportProblem(malformed.source(), where + malformed.reason());
    }

    @Override
    public String toString() {
        return source + ": " + reason;
    }
}

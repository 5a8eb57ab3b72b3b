package io.muster.reports;

/// What a scan comes to, and the exit code that says so: those of osv-scanner, so that pipelines need no change.
public enum ScanVerdict {
    /// Packages were found and none has a weakness that counts.
    CLEAN(0),
    /// At least one has.
    FOUND(1),
    /// The scan could not be made, or not completely, and what was seen is clean: nobody may take that for an
    /// all-clear.
    FAILED(127),
    /// Packages were found and none of them could be asked about: no versions, or no advisories of their ecosystems.
    /// Nobody may take that for an all-clear either.
    NOTHING_MATCHED(127),
    /// There was nothing to look at.
    NO_PACKAGES(128);

    private final int exitCode;

    ScanVerdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /// Matches outweigh everything; an input that could not be read outweighs a clean rest.
    static ScanVerdict of(Report report) {
        if (!report.matches().isEmpty()) {
            return FOUND;
        }
        if (!report.refusals().isEmpty()) {
            return FAILED;
        }
        if (report.coverage().isNothing()) {
            return NOTHING_MATCHED;
        }
        return report.packages() == 0 ? NO_PACKAGES : CLEAN;
    }

    public int exitCode() {
        return exitCode;
    }
}

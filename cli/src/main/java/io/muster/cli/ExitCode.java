package io.muster.cli;

/// What a command's end means: one table for all commands, held by a test of wrong calls and told in
/// `docs/command-line.md`. The numbers from 64 on are those of BSD's `sysexits`, 127 and 128 those of osv-scanner.
public enum ExitCode {
    WELL(0, "done, and the thing asked about is well"),
    /// Findings, a dead job, a cluster without a majority, a state that does not allow what was asked.
    BAD(1, "done, and the thing asked about is bad"),
    USAGE(2, "used or configured wrongly; nothing was done"),
    NOT_FOUND(3, "the job, audit, key or advisory named is not there"),
    TIMED_OUT(4, "not over within --timeout; it goes on"),
    NO_CLUSTER(69, "no cluster could do it within --patience; nothing was done"),
    BROKEN(70, "a fault of Muster's own"),
    UNKNOWN(75, "unknown whether it was done"),
    REMOVED(77, "node: it was removed from its cluster, and its data folder cannot be started again"),
    NO_VERDICT(127, "scan, audit, radius: no verdict, or not on everything"),
    NO_PACKAGES(128, "scan, audit: no packages were found");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /// In one line, for the manual.
    public String meaning() {
        return meaning;
    }

    /// The same for a command that gives a verdict: what keeps it from one is no verdict, unless the call itself was
    /// wrong, or it is not known or not over.
    ExitCode ofVerdict() {
        return switch (this) {
            case USAGE, TIMED_OUT, UNKNOWN, NO_VERDICT, NO_PACKAGES -> this;
            case WELL, BAD, NOT_FOUND, NO_CLUSTER, BROKEN, REMOVED -> NO_VERDICT;
        };
    }
}

package io.muster.reports;

/// The version of Muster that reports name: the engine's, without its name.
final class ReportedVersion {

    private ReportedVersion() {}

    static String of(Report report) {
        String engine = report.provenance().engineVersion();
        return engine.substring(engine.indexOf('/') + 1);
    }
}

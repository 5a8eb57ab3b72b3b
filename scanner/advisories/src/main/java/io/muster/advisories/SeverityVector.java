package io.muster.advisories;

/// A severity in the notation of its scheme: `CVSS_V3` and `CVSS:3.1/AV:N/…`, or a distribution's own word.
public record SeverityVector(String scheme, String vector) {}

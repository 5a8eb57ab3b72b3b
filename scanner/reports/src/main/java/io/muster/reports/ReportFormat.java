package io.muster.reports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The formats in which a report can be written; each is UTF-8 text that ends with a line break.
public enum ReportFormat {
    /// Aligned columns for a terminal.
    TABLE,
    /// Everything, in Muster's own words.
    JSON,
    /// A table for a pull request or a wiki.
    MARKDOWN,
    /// SARIF 2.1.0, for code scanning.
    SARIF,
    /// A CycloneDX 1.6 vulnerability disclosure report; what was suppressed carries a VEX analysis.
    CYCLONEDX,
    /// OpenVEX 0.2.0.
    OPENVEX,
    /// An SPDX 2.3 document of all packages, with the advisories as security references.
    SPDX;

    /// The report as text. The same report gives the same text.
    public String write(Report report) {
        return switch (this) {
            case TABLE -> TableReport.write(report);
            case JSON -> JsonReport.write(report);
            case MARKDOWN -> MarkdownReport.write(report);
            case SARIF -> SarifReport.write(report);
            case CYCLONEDX -> CycloneDxReport.write(report);
            case OPENVEX -> OpenVexReport.write(report);
            case SPDX -> SpdxReport.write(report);
        };
    }

    /// The name by which a user asks for it: `table`, `sarif` and so on.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The format of that name, if there is one.
    public static Optional<ReportFormat> ofWord(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}

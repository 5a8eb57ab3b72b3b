/// What a scan found, what of it counts, and the formats in which others read it.
///
/// ```
///  matches ──IgnoreFile.divide──▶ what counts · what is suppressed · rules that did nothing ──▶ Report
///                                                                                             │
///             ScanVerdict (exit code) ◀───────────────────────────────────────────────────────┤
///                 table · JSON · Markdown · SARIF · CycloneDX · OpenVEX · SPDX ◀──ReportFormat─┘
/// ```
///
/// A [ReportedMatch] is one weakness of one package at one place ([Occurrence]); [Report] is everything
/// together. [IgnoreFile] holds what a person decided not to count, in the words of osv-scanner's
/// configuration; rules that expired, cover nothing or name nothing are reported, so that the file does
/// not rot. [ScanVerdict] alone decides the exit code.
///
/// The writers are pure: the same report gives the same text, byte for byte; the time in it is that of the scan.
@NullMarked
package io.muster.reports;

import org.jspecify.annotations.NullMarked;

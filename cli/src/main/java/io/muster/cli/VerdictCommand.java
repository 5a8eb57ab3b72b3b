package io.muster.cli;

/// Marks a command that says whether packages are clean. A pipeline must never take its failure for findings, so its
/// failures end with the exit codes of osv-scanner.
public interface VerdictCommand {}

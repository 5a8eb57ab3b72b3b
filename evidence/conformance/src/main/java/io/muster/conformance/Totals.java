package io.muster.conformance;

import io.muster.conformance.FileResult.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Prints a line a file as it is run, its first failures below it, and totals at the end.
final class Totals {

    private static final String ROW = "%-10s %-44s %9s %8s %8s %8s%n";

    private final PrintWriter out;
    private final int shown;
    private int files;
    private int passed;
    private int failed;
    private int noted;
    private int notRun;

    /// @param shown failures to print a file
    Totals(PrintWriter out, int shown) {
        this.out = out;
        this.shown = shown;
        out.printf(ROW, "kind", "file", "passed", "failed", "noted", "not run");
    }

    void add(String kind, Path file, FileResult result) {
        files++;
        passed += result.passed();
        failed += result.failed();
        noted += result.noted();
        notRun += result.notRun();
        out.printf(ROW, kind, file, result.passed(), result.failed(), result.noted(), result.notRun());
        result.failures().stream().limit(shown).forEach(this::print);
        if (result.failures().size() > shown) {
            out.printf("    … and %d more%n", result.failures().size() - shown);
        }
        out.flush();
    }

    private void print(Failure failure) {
        String mark = switch (failure.weight()) {
            case REQUIRED -> "FAILED";
            case RECOMMENDED -> "noted";
        };
        out.printf("    %-6s %s%n", mark, failure.what());
    }

    void printTotals() {
        out.printf(ROW, "total", files + " files", passed, failed, noted, notRun);
        out.flush();
    }

    boolean isEmpty() {
        return files == 0;
    }

    boolean hasFailed() {
        return failed > 0;
    }
}

package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.manifests.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The exit codes of osv-scanner, decided in one place.
class ScanVerdictTest {

    private static final UnreadableInput REFUSAL = new UnreadableInput("Cargo.lock", "no TOML", 1);

    private static ScanVerdict verdict(
            List<Manifest> inputs, List<ReportedMatch> matches, List<UnreadableInput> refusals) {
        return new Report(
                        Reports.PROVENANCE,
                        Reports.NOW,
                        inputs,
                        matches,
                        List.of(),
                        List.of(),
                        refusals,
                        List.of(),
                        List.of())
                .verdict();
    }

    @Test
    void packages_without_findings_exit_with_0() {
        assertThat(verdict(List.of(Reports.lockfile()), List.of(), List.of()).exitCode())
                .isZero();
    }

    @Test
    void findings_exit_with_1_whatever_else_happened() {
        assertThat(verdict(List.of(Reports.lockfile()), Reports.matches(), List.of(REFUSAL))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void findings_that_were_suppressed_do_not_count() {
        var ignores = Reports.ignoring("[[IgnoredVulns]]\nid = \"EX-1\"\n[[IgnoredVulns]]\nid = \"EX-2\"\n");

        assertThat(Reports.report(ignores).verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    void an_input_that_could_not_be_read_exits_with_127_although_the_rest_is_clean() {
        assertThat(verdict(List.of(Reports.lockfile()), List.of(), List.of(REFUSAL))
                        .exitCode())
                .isEqualTo(127);
    }

    @Test
    void no_packages_exit_with_128() {
        assertThat(verdict(List.of(), List.of(), List.of()).exitCode()).isEqualTo(128);
    }
}

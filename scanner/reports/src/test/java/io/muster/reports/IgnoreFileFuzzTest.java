package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader of ignore files, on inputs that Jazzer grows from these. Every build runs the inputs below; `make fuzz`
/// hunts for new ones.
class IgnoreFileFuzzTest {

    @ValueSource(strings = {"""
            [[IgnoredVulns]]
            id = "CVE-2026-1"
            ignoreUntil = 2026-12-31
            reason = "tests only"
            """, """
            [[PackageOverrides]]
            ecosystem = "npm"
            name = "dust"
            version = "0.1.0"
            group = "dev"
            ignore = true
            effectiveUntil = 2026-12-31T10:00:00Z
            reason = "x"
            """, """
            [[IgnoredVulns]]
            id = 1
            [IgnoredVulns]
            """, "IgnoredVulns = 1", "", "a = 2026-12-31T10:00:00+99:00"})
    @FuzzTest(maxDuration = "1m")
    void any_text_is_a_set_of_rules_or_is_refused_with_a_reason(@NotNull String text) {
        switch (IgnoreFile.parse("osv-scanner.toml", text)) {
            case IgnoreReading.Read(IgnoreFile rules) ->
                assertThat(rules.divide(Reports.matches(), Reports.NOW, id -> false)
                                .matches())
                        .hasSizeLessThanOrEqualTo(Reports.matches().size());
            case IgnoreReading.Refused refused -> assertThat(refused.message()).isNotBlank();
        }
    }
}

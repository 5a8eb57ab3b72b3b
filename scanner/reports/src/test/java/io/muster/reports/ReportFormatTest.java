package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every format against its golden file: others parse these texts, so a change must be seen and meant.
class ReportFormatTest {

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void the_text_is_that_of_the_golden_file(ReportFormat format) throws IOException {
        String name = "/golden/report." + format.word();
        String golden;
        try (var stream = ReportFormatTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            golden = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(format.write(Reports.full())).isEqualTo(golden);
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void the_same_report_gives_the_same_text(ReportFormat format) {
        assertThat(format.write(Reports.full())).isEqualTo(format.write(Reports.full()));
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void every_format_names_the_database(ReportFormat format) {
        assertThat(format.write(Reports.full())).contains(Reports.PROVENANCE.databaseDigest());
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void an_empty_report_can_be_written(ReportFormat format) {
        assertThat(format.write(Reports.report(IgnoreFile.EMPTY))).endsWith("\n");
    }

    @Test
    void a_format_is_known_by_its_word() {
        assertThat(ReportFormat.ofWord("Sarif")).contains(ReportFormat.SARIF);
        assertThat(ReportFormat.ofWord("pdf")).isEmpty();
    }

    @Test
    void what_moves_a_terminal_or_hides_text_is_replaced() {
        assertThat(ReportText.line("a\u001b[2Jb\nc\u202Ed")).isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd");
    }

    @Test
    void markup_in_a_summary_stays_text_in_markdown() {
        assertThat(ReportFormat.MARKDOWN.write(Reports.full()))
                .contains("Star \\| falls \\`through\\` &lt;b&gt;the&lt;/b&gt; roof");
    }
}

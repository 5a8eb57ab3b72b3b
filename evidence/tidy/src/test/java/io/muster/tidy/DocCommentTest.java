package io.muster.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a wrap to 120 columns breaks in a `///` comment and no compiler sees.
final class DocCommentTest {
    /// A line of prose goes on at the left edge; lists, tags, tables and headings begin with a sign of their own.
    private static final Pattern PROSE = Pattern.compile("/// [^ *@|#`0-9-].*");

    /// Two words at most, and the sentence goes on behind them.
    private static final Pattern SHORT = Pattern.compile("/// *\\S+( \\S+)?(?<![.:;!?])");

    private static final int WIDE = 100;

    @Test
    void no_line_holds_only_a_word_or_two_that_a_wrap_left_behind() {
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            List<String> lines = Repository.read(source).lines().toList();
            for (int i = 1; i + 1 < lines.size(); i++) {
                if (lines.get(i - 1).length() > WIDE
                        && lines.get(i - 1).strip().startsWith("///")
                        && SHORT.matcher(lines.get(i).strip()).matches()
                        && PROSE.matcher(lines.get(i).strip()).matches()
                        && PROSE.matcher(lines.get(i + 1).strip()).matches()) {
                    findings.add(Repository.name(source) + ":" + (i + 1) + " "
                            + lines.get(i).strip());
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    /// Every line of a diagram is indented, so one that is not was wrapped.
    @Test
    void no_diagram_is_broken_by_a_wrap() {
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            boolean isDiagram = false;
            int number = 0;
            for (String line :
                    Repository.read(source).lines().map(String::strip).toList()) {
                number++;
                boolean isFence = line.startsWith("/// ```");
                isDiagram = line.startsWith("///") && (isFence ? !isDiagram : isDiagram);
                if (isDiagram && !isFence && PROSE.matcher(line).matches()) {
                    findings.add(Repository.name(source) + ":" + number + " " + line);
                }
            }
        }

        assertThat(findings).isEmpty();
    }
}

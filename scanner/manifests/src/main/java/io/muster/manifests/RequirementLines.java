package io.muster.manifests;

import io.muster.documents.SourceText;
import java.util.ArrayList;
import java.util.List;

/// The lines of a requirements file as pip joins them: `\` at the end continues, ` #` begins a comment.
final class RequirementLines {

    /// @param number of its first physical line, from 1
    record Line(String text, int number) {}

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder joined = new StringBuilder();
    private int begun;

    private RequirementLines() {}

    static List<Line> of(String text) {
        var lines = new RequirementLines();
        SourceText.eachLine(text, lines::physical);
        lines.end();
        return lines.lines;
    }

    private void physical(String line, int number) {
        if (joined.isEmpty()) {
            begun = number;
        }
        String bare = line.stripTrailing();
        if (bare.endsWith("\\") && !bare.stripLeading().startsWith("#")) {
            joined.append(bare, 0, bare.length() - 1).append(' ');
            return;
        }
        joined.append(line);
        end();
    }

    private void end() {
        String text = withoutComment(joined).strip();
        joined.setLength(0);
        if (!text.isEmpty()) {
            lines.add(new Line(text, begun));
        }
    }

    /// A `#` counts at the start or after white space; elsewhere it belongs to an address.
    private static String withoutComment(CharSequence line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.subSequence(0, i).toString();
            }
        }
        return line.toString();
    }
}

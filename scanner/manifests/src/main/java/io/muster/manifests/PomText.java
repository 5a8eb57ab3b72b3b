package io.muster.manifests;

import java.util.Optional;

/// Texts of a pom with their `${…}` replaced by properties of the family and fields of the project.
///
/// Properties may refer to each other, and a hostile pom lets them do so in circles or in numbers that double at
/// each step; both end at a count of replacements, and what is then still open stays as it is written.
final class PomText {

    /// An honest version takes three replacements.
    private static final int REPLACEMENTS = 100;

    private final PomFamily family;

    PomText(PomFamily family) {
        this.family = family;
    }

    /// The text with every reference replaced that can be; what cannot stays as `${…}`.
    String resolved(String text) {
        String result = text;
        int from = 0;
        for (int i = 0; i < REPLACEMENTS; i++) {
            int open = result.indexOf("${", from);
            int close = result.indexOf('}', open + 2);
            if (open < 0 || close < 0 || result.length() > ManifestLimits.NAME_CHARS) {
                return result;
            }
            Optional<String> value = value(result.substring(open + 2, close));
            if (value.isPresent()) {
                result = result.substring(0, open) + value.get() + result.substring(close + 1);
            }
            from = value.isPresent() ? open : close;
        }
        return text;
    }

    private Optional<String> value(String name) {
        return switch (name) {
            case "project.version", "pom.version", "version" -> given(family.project("version"));
            case "project.groupId", "pom.groupId", "groupId" -> given(family.project("groupId"));
            case "project.artifactId", "pom.artifactId", "artifactId" -> given(family.project("artifactId"));
            case "project.parent.version", "parent.version" -> given(family.parent("version"));
            case "project.parent.groupId", "parent.groupId" -> given(family.parent("groupId"));
            default -> Optional.ofNullable(family.properties().get(name));
        };
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

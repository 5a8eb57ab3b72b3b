package io.muster.advisories;

import java.util.Locale;

/// How bad it is, in the words of CVSS 3 and 4; from harmless to worst, so that the natural order sorts.
public enum Severity {
    /// Nobody said.
    UNKNOWN,
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /// The word for a base score. [CVSS 3.1 §5, CVSS 4.0 §6]
    public static Severity ofScore(double score) {
        if (score <= 0) {
            return NONE;
        }
        if (score < 4) {
            return LOW;
        }
        if (score < 7) {
            return MEDIUM;
        }
        return score < 9 ? HIGH : CRITICAL;
    }

    /// The meaning of a publisher's word; GitHub, Red Hat, Ubuntu and Debian have their own for the same steps.
    public static Severity ofWord(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> CRITICAL;
            case "high", "important" -> HIGH;
            case "medium", "moderate" -> MEDIUM;
            case "low", "minor" -> LOW;
            case "none", "negligible", "unimportant" -> NONE;
            default -> UNKNOWN;
        };
    }
}

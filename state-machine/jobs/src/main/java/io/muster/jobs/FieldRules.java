package io.muster.jobs;

import java.nio.charset.StandardCharsets;

/// The shapes of the words a job is described with, each refused with what was expected.
final class FieldRules {
    private FieldRules() {}

    /// A handler or queue name: 1 to 64 of lower-case letters, digits, dot, underscore and hyphen, starting with a
    /// letter or digit. It stands in metrics, URLs and file names. Checked by hand: a pattern would cost more than
    /// all the rest of a submit.
    static String name(String what, String name) {
        boolean isFine = !name.isEmpty() && name.length() <= JobLimits.MAX_NAME && isAlphanumeric(name.charAt(0));
        for (int i = 1; isFine && i < name.length(); i++) {
            char c = name.charAt(i);
            isFine = isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
        }
        if (!isFine) {
            throw new IllegalArgumentException("'" + shortened(name) + "' cannot name a " + what + ": use 1 to "
                    + JobLimits.MAX_NAME + " lower-case letters, digits, dots, underscores and hyphens");
        }
        return name;
    }

    /// Free text of a caller, such as a unique key: at most `mostBytes` bytes of UTF-8, possibly none.
    static String key(String what, String key, int mostBytes) {
        boolean cannotBeTooLong = key.length() * 3L <= mostBytes;
        if (!cannotBeTooLong && key.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            throw new IllegalArgumentException("the " + what + " '" + shortened(key) + "' is over the limit of "
                    + mostBytes + " bytes: use a digest of it");
        }
        return key;
    }

    /// Checks a number against its limits.
    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " of " + value + " is out of range: use " + least + " to " + most);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}

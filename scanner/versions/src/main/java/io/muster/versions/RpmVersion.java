package io.muster.versions;

/// An RPM version, `epoch:version-release`, in the order of rpmvercmp: Red Hat, SUSE and their kin.
///
/// Runs of digits and runs of letters are compared one by one and separators only part them. At each place
/// `~` < the end < `^` < letters < digits.
///
/// @param epoch digits; `0` where there is none
/// @param release with its hyphen, so that a version without one is older; empty when there is none
record RpmVersion(String text, String epoch, String version, String release) implements ParsedVersion {

    /// The places at which a part can stand, in ascending order.
    private enum Place {
        TILDE,
        END,
        CARET,
        LETTERS,
        DIGITS
    }

    static RpmVersion read(String text) {
        int colon = text.indexOf(':');
        boolean hasEpoch = colon >= 0 && Digits.end(text, 0) == colon;
        String epoch = hasEpoch && colon > 0 ? Digits.significant(text.substring(0, colon)) : "";
        String rest = hasEpoch ? text.substring(colon + 1) : text;
        int hyphen = rest.indexOf('-');
        return hyphen < 0
                ? new RpmVersion(text, epoch, rest, "")
                : new RpmVersion(text, epoch, rest.substring(0, hyphen), rest.substring(hyphen));
    }

    @Override
    public String major() {
        int end = Digits.end(version, 0);
        String number = end == 0 ? "" : Digits.shown(Digits.significant(version.substring(0, end)));
        return epoch.isEmpty() || end == 0 ? number : epoch + ":" + number;
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (RpmVersion) other;
        int order = Digits.compare(epoch, that.epoch);
        if (order == 0) {
            order = compareParts(version, that.version);
        }
        return order != 0 ? order : compareParts(release, that.release);
    }

    private static int compareParts(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(b.isEmpty(), a.isEmpty());
        }
        int i = start(a, 0);
        int j = start(b, 0);
        while (true) {
            Place place = place(a, i);
            int order = place.compareTo(place(b, j));
            if (order != 0 || place == Place.END) {
                return order;
            }
            int aEnd = end(a, i, place);
            int bEnd = end(b, j, place);
            order = place == Place.DIGITS
                    ? Digits.compare(new Digits.Slice(a, i, aEnd), new Digits.Slice(b, j, bEnd))
                    : a.substring(i, aEnd).compareTo(b.substring(j, bEnd));
            if (order != 0) {
                return order;
            }
            i = start(a, aEnd);
            j = start(b, bEnd);
        }
    }

    /// The next index that is no separator.
    private static int start(String part, int from) {
        int at = from;
        while (at < part.length()
                && !isSign(part.charAt(at))
                && !isLetter(part.charAt(at))
                && !Digits.isDigit(part.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Place place(String part, int at) {
        if (at == part.length()) {
            return Place.END;
        }
        char c = part.charAt(at);
        if (isSign(c)) {
            return c == '~' ? Place.TILDE : Place.CARET;
        }
        return isLetter(c) ? Place.LETTERS : Place.DIGITS;
    }

    private static int end(String part, int from, Place place) {
        return switch (place) {
            case TILDE, CARET -> from + 1;
            case DIGITS -> Digits.end(part, from);
            case LETTERS -> {
                int at = from;
                while (at < part.length() && isLetter(part.charAt(at))) {
                    at++;
                }
                yield at;
            }
            case END -> from;
        };
    }

    private static boolean isSign(char c) {
        return c == '~' || c == '^';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}

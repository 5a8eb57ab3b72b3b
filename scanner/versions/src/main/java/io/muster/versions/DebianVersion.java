package io.muster.versions;

/// A Debian or Ubuntu version, `epoch:upstream-revision`, in the order of deb-version(7).
///
/// Texts and numbers alternate. In a text `~` sorts below the end, the end below letters, letters below all else.
/// An epoch that is no number, which dpkg refuses, is taken as part of the upstream version.
///
/// @param epoch without leading zeros; empty for 0
record DebianVersion(String text, String epoch, String upstream, String revision) implements ParsedVersion {

    /// Above every letter, so that a character that is no letter sorts behind them all.
    private static final int BEHIND_LETTERS = 0x10000;

    static DebianVersion read(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        boolean hasEpoch = colon > 0 && Digits.end(trimmed, 0) == colon;
        String epoch = hasEpoch ? Digits.significant(trimmed.substring(0, colon)) : "";
        String rest = hasEpoch ? trimmed.substring(colon + 1) : trimmed;
        int hyphen = rest.lastIndexOf('-');
        return hyphen < 0
                ? new DebianVersion(text, epoch, rest, "")
                : new DebianVersion(text, epoch, rest.substring(0, hyphen), rest.substring(hyphen + 1));
    }

    @Override
    public String major() {
        int end = Digits.end(upstream, 0);
        String number = end == 0 ? "" : Digits.shown(Digits.significant(upstream.substring(0, end)));
        return epoch.isEmpty() || end == 0 ? number : epoch + ":" + number;
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (DebianVersion) other;
        int order = Digits.compare(epoch, that.epoch);
        if (order == 0) {
            order = compareParts(upstream, that.upstream);
        }
        return order != 0 ? order : compareParts(revision, that.revision);
    }

    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (isText(a, i) || isText(b, j)) {
                int order = Integer.compare(weight(a, i), weight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int aEnd = Digits.end(a, i);
            int bEnd = Digits.end(b, j);
            int order = Digits.compare(new Digits.Slice(a, i, aEnd), new Digits.Slice(b, j, bEnd));
            if (order != 0) {
                return order;
            }
            i = aEnd;
            j = bEnd;
        }
        return 0;
    }

    private static boolean isText(String part, int at) {
        return at < part.length() && !Digits.isDigit(part.charAt(at));
    }

    private static int weight(String part, int at) {
        if (!isText(part, at)) {
            return 0;
        }
        char c = part.charAt(at);
        if (c == '~') {
            return -1;
        }
        boolean isLetter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        return isLetter ? c : c + BEHIND_LETTERS;
    }
}

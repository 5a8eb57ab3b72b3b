package io.muster.versions;

import java.util.List;

/// A Python version by PEP 440, or a legacy one, which PEP 440 refuses and which sorts below all others.
///
/// The phases are chosen so that plain comparison gives PEP 440's order: a development release without pre or post
/// release sorts below every pre-release, no pre-release above all of them.
///
/// @param epoch without leading zeros, like every number here
/// @param pre [Marker#LOWEST] for a bare development release, [Marker#HIGHEST] for none, else its word and number
/// @param post [Marker#LOWEST] for none
/// @param dev [Marker#HIGHEST] for none
/// @param local the segments behind `+`; empty sorts lowest
/// @param legacy the sort key of a legacy version; empty for a version by PEP 440, all other parts are empty then
record PypiVersion(
        String text,
        String epoch,
        List<String> release,
        Marker pre,
        Marker post,
        Marker dev,
        List<String> local,
        String legacy)
        implements ParsedVersion {

    /// A word and its number.
    ///
    /// @param phase the word's place among the words that can stand there
    record Marker(int phase, String number) {

        static final Marker LOWEST = new Marker(0, "");
        static final Marker HIGHEST = new Marker(9, "");

        int compareTo(Marker that) {
            return phase != that.phase ? Integer.compare(phase, that.phase) : Digits.compare(number, that.number);
        }
    }

    static PypiVersion read(String text) {
        return new PypiReader(text).version().orElseGet(() -> legacy(text));
    }

    private static PypiVersion legacy(String text) {
        String key = PypiLegacyKey.of(text);
        return new PypiVersion(text, "", List.of(), Marker.LOWEST, Marker.LOWEST, Marker.LOWEST, List.of(), key);
    }

    @Override
    public String major() {
        if (!legacy.isEmpty()) {
            return "";
        }
        String first = Digits.shown(release.getFirst());
        return epoch.isEmpty() ? first : epoch + "!" + first;
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (PypiVersion) other;
        if (!legacy.isEmpty() || !that.legacy.isEmpty()) {
            return compareLegacy(that);
        }
        int order = Digits.compare(epoch, that.epoch);
        if (order == 0) {
            order = Digits.comparePadded(release, that.release);
        }
        if (order == 0) {
            order = pre.compareTo(that.pre);
        }
        if (order == 0) {
            order = post.compareTo(that.post);
        }
        if (order == 0) {
            order = dev.compareTo(that.dev);
        }
        return order != 0 ? order : compareLocal(that.local);
    }

    private int compareLegacy(PypiVersion that) {
        if (legacy.isEmpty() || that.legacy.isEmpty()) {
            return Boolean.compare(legacy.isEmpty(), that.legacy.isEmpty());
        }
        return legacy.compareTo(that.legacy);
    }

    private int compareLocal(List<String> those) {
        for (int i = 0; i < Math.min(local.size(), those.size()); i++) {
            int order = compareSegments(local.get(i), those.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(local.size(), those.size());
    }

    /// Numbers by value, words as text, and a number is above a word.
    private static int compareSegments(String a, String b) {
        boolean aIsNumber = Digits.areAll(a);
        boolean bIsNumber = Digits.areAll(b);
        if (aIsNumber && bIsNumber) {
            return Digits.compare(Digits.significant(a), Digits.significant(b));
        }
        return aIsNumber == bIsNumber ? a.compareTo(b) : Boolean.compare(aIsNumber, bIsNumber);
    }
}

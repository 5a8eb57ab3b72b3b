package io.muster.advisories;

/// A number that all spellings of one version share, in every ecosystem: unequal numbers mean unequal versions.
///
/// It is a hash of the version's numbers in their order, without leading zeros, without those that are zero, and
/// without what follows a `+`. Ecosystems hold versions equal that differ in zeros at the end (`1.0`, `1.0.0`), in
/// separators and letters (`1.0rc1`, `1.0-RC.1`), in an epoch of zero (`0!1`) or in build metadata; none holds versions
/// equal whose other numbers differ. (Texts that are no versions at all may be read as cut short; they match as spelt.)
final class Spelling {

    private Spelling() {}

    static int of(String version) {
        int hash = 1;
        boolean isInNumber = false;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c == '+') {
                break;
            }
            boolean isDigit = c >= '0' && c <= '9';
            if (isDigit && (isInNumber || c != '0')) {
                hash = 31 * hash + (isInNumber ? c : c << 8);
                isInNumber = true;
            } else if (!isDigit) {
                isInNumber = false;
            }
        }
        return hash;
    }
}

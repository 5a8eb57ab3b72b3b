package io.muster.advisories;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The versions a record lists, each by a hash that all its spellings share. A version whose hash is missing is not
/// listed, so most questions end here without reading a text.
///
/// A version's hash is over its numbers in their order, without leading zeros, without those that are zero, and
/// without what follows a `+`. Ecosystems hold versions equal that differ in zeros at the end (`1.0`, `1.0.0`), in
/// separators and letters (`1.0rc1`, `1.0-RC.1`), in an epoch of zero (`0!1`) or in build metadata; none holds versions
/// equal whose other numbers differ. (Texts that are no versions at all may be read as cut short; they match as spelt.)
///
/// The hashes stand in stored indexes: another hash function is another version of that format.
public final class VersionHashes {

    private final int[] sorted;

    private VersionHashes(int[] sorted) {
        this.sorted = sorted;
    }

    static VersionHashes of(List<String> versions) {
        return ofHashes(versions.stream().mapToInt(VersionHashes::hash).toArray());
    }

    /// The spellings with these hashes, as [#hashes] gave them; in any order.
    public static VersionHashes ofHashes(int... hashes) {
        int[] sorted = hashes.clone();
        Arrays.sort(sorted);
        return new VersionHashes(sorted);
    }

    /// What to store: as many hashes as versions, ascending.
    public IntStream hashes() {
        return Arrays.stream(sorted);
    }

    /// How many versions are listed.
    public int size() {
        return sorted.length;
    }

    boolean mayList(int hash) {
        return Arrays.binarySearch(sorted, hash) >= 0;
    }

    static int hash(String version) {
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

package io.muster.advisories;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The versions a record lists, each by a number that all its spellings share: whoever's number is missing is not
/// listed, so most questions end here without reading a text.
///
/// The number is a hash of the version's numbers in their order, without leading zeros, without those that are zero,
/// and without what follows a `+`. Ecosystems hold versions equal that differ in zeros at the end (`1.0`, `1.0.0`), in
/// separators and letters (`1.0rc1`, `1.0-RC.1`), in an epoch of zero (`0!1`) or in build metadata; none holds versions
/// equal whose other numbers differ. (Texts that are no versions at all may be read as cut short; they match as spelt.)
///
/// The numbers stand in stored indexes: another hash is another version of that format.
public final class Spellings {

    private final int[] sorted;

    private Spellings(int[] sorted) {
        this.sorted = sorted;
    }

    static Spellings of(List<String> versions) {
        return ofNumbers(versions.stream().mapToInt(Spellings::number).toArray());
    }

    /// The spellings with these numbers, as [#numbers] gave them; in any order.
    public static Spellings ofNumbers(int... numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new Spellings(sorted);
    }

    /// What to store: as many numbers as versions, ascending.
    public IntStream numbers() {
        return Arrays.stream(sorted);
    }

    /// How many versions are listed.
    public int size() {
        return sorted.length;
    }

    boolean mayList(int number) {
        return Arrays.binarySearch(sorted, number) >= 0;
    }

    static int number(String version) {
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

package io.muster.versions;

import java.util.List;
import java.util.Random;

/// Versions out of a hat: near-real ones, which nearly collide with each other, and plain garbage.
final class RandomVersions {

    private static final List<String> PIECES = List.of(
            "0",
            "1",
            "2",
            "9",
            "10",
            "00",
            "01",
            "007",
            "20240101",
            "99999999999999999999",
            "a",
            "b",
            "c",
            "m",
            "p",
            "r",
            "rc",
            "RC",
            "alpha",
            "beta",
            "pre",
            "dev",
            "post",
            "rev",
            "snapshot",
            "SNAPSHOT",
            "final",
            "ga",
            "sp",
            "foo",
            "cr",
            "milestone",
            "git",
            "cvs",
            "final-",
            "x",
            "Z",
            "é",
            "v",
            "1!",
            "1:",
            "-r1",
            "_rc",
            "_p",
            "~abc");
    private static final List<String> GLUE =
            List.of("", "", ".", ".", ".", "-", "-", "_", "+", "~", "^", ":", "..", " ", "--", "!");
    private static final int LONGEST = 7;

    private final Random random;

    RandomVersions(long seed) {
        this.random = new Random(seed);
    }

    /// The seed from `-Dseed=`, else a fresh one; printed, so that a failure can be repeated.
    static long seed() {
        Long given = Long.getLong("seed");
        long seed = given != null ? given : new Random().nextLong();
        System.out.println("seed=" + seed);
        return seed;
    }

    String next() {
        return random.nextInt(20) == 0 ? garbage() : nearReal();
    }

    private String nearReal() {
        var text = new StringBuilder();
        int pieces = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < pieces; i++) {
            text.append(i == 0 ? "" : GLUE.get(random.nextInt(GLUE.size())));
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private String garbage() {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : 0x20 + random.nextInt(0x5f)));
        }
        return text.toString();
    }
}

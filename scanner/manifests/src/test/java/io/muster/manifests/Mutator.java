package io.muster.manifests;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Damages a file the way broken tools, merges and attackers do: a few edits, drawn from one random source.
final class Mutator {

    private static final List<byte[]> TOKENS = List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    ":",
                    ",",
                    "=",
                    "\n",
                    "\r",
                    "\t",
                    "  ",
                    "- ",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "&a ",
                    "*a",
                    "<<: ",
                    "!!java ",
                    "---\n",
                    "...\n",
                    "[[",
                    "]]",
                    "\"\"\"",
                    "'''",
                    "<!DOCTYPE a [",
                    "<!ENTITY b \"c\">",
                    "&b;",
                    "<![CDATA[",
                    "<a>",
                    "</a>",
                    "${",
                    "$" + "{a}",
                    "%{",
                    "=>",
                    "../",
                    "node_modules/",
                    "@",
                    "@npm:",
                    "@workspace:",
                    "npm:",
                    "pkg:npm/",
                    "pkg:",
                    "%00",
                    "#",
                    " #",
                    "(",
                    ")",
                    "-r a",
                    "-c a",
                    "\ufeff",
                    "\u202e",
                    "\ud83d\ude00",
                    "{,",
                    "[,")
            .stream()
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutated(byte[] original, byte[] other) {
        byte[] bytes = original;
        int edits = 1 + random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            bytes = edited(bytes, other);
        }
        return bytes;
    }

    private byte[] edited(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, at);
            case 1 -> joined(bytes, at, new byte[0], at + length);
            case 2 -> joined(bytes, at, TOKENS.get(random.nextInt(TOKENS.size())), at);
            case 3 -> joined(bytes, at, TOKENS.get(random.nextInt(TOKENS.size())), at + length);
            case 4 -> joined(bytes, at, slice(bytes, at, at + length), at);
            case 5 -> joined(bytes, at, new byte[0], bytes.length);
            default -> joined(bytes, at, piece(other), at + length);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at == bytes.length) {
            return bytes;
        }
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] piece(byte[] other) {
        int from = random.nextInt(other.length);
        return slice(other, from, Math.min(other.length, from + 1 + random.nextInt(200)));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[] bytes, int before, byte[] middle, int after) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, before);
        out.writeBytes(middle);
        out.write(bytes, after, bytes.length - after);
        return out.toByteArray();
    }
}

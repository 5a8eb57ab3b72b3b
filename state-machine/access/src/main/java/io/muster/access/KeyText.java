package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// An API key as its owner holds it: `muster_<id>_<secret>`, the secret being 256 random bits in hexadecimal.
///
/// The id is no secret: it finds the record and stands in listings. Only the secret's SHA-256 ever enters the log. A
/// slow hash would add nothing, since 256 random bits cannot be guessed.
///
/// @param id names the key
/// @param secret proves it
public record KeyText(String id, Bytes secret) {
    /// Random bytes in a secret.
    public static final int SECRET_BYTES = 32;

    /// Random bytes in an id: enough that two never meet.
    public static final int ID_BYTES = 6;

    private static final Pattern SHAPE = Pattern.compile("muster_([0-9a-f]{12})_([0-9a-f]{64})");

    public KeyText {
        KeyRecord.checkId(id);
        if (secret.size() != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has " + SECRET_BYTES + " bytes, not " + secret.size());
        }
    }

    /// Whether `text` has the shape of a key at all.
    public static boolean isShaped(String text) {
        return SHAPE.matcher(text).matches();
    }

    /// Reads a key. The message of what it throws does not repeat the text: it may be a mistyped secret.
    public static KeyText parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "this is no API key: expected muster_, 12 hexadecimal digits, _ and 64 hexadecimal digits");
        }
        return new KeyText(match.group(1), Bytes.wrap(HexFormat.of().parseHex(match.group(2))));
    }

    /// The SHA-256 of the secret, which is all that the cluster keeps.
    public Bytes hash() {
        return Sha256.of(secret);
    }

    /// The text to hand to the key's owner, once.
    public String reveal() {
        return "muster_" + id + "_" + HexFormat.of().formatHex(secret.array());
    }

    /// Without the secret, so that it cannot slip into a log line.
    @Override
    public String toString() {
        return "muster_" + id + "_…";
    }
}

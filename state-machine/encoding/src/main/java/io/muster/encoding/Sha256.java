package io.muster.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4), which every Java platform has.
public final class Sha256 {
    private Sha256() {}

    /// The 32 bytes of the digest of `content`.
    public static Bytes of(Bytes content) {
        return Bytes.wrap(begin().digest(content.array()));
    }

    /// A digest of what is added to it piece by piece.
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

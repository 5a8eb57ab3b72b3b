package io.muster.log;

import java.util.HexFormat;

/// Which member this is beyond its name: drawn by chance when its data folder is begun, and never
/// again.
///
/// A node id names a place in the cluster; who starts there with another folder is another member,
/// which has forgotten what the first one promised.
///
/// @param high the upper half
/// @param low the lower half
public record VoterId(long high, long low) {
    /// How many bytes it takes when encoded.
    public static final int BYTES = 16;

    /// Reads what [#toString] wrote.
    public static VoterId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("'" + hex + "' is no identity: expected 32 hexadecimal digits");
        }
        try {
            return new VoterId(
                    HexFormat.fromHexDigitsToLong(hex, 0, BYTES), HexFormat.fromHexDigitsToLong(hex, BYTES, 32));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + hex + "' is no identity: expected 32 hexadecimal digits", e);
        }
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}

package io.muster.log;

import java.util.HexFormat;

/// What keeps two clusters apart: 128 bits that stand in every data folder and every frame between nodes, checked
/// before anything else is believed.
public record ClusterId(long high, long low) {
    /// Reads 32 hexadecimal digits.
    public static ClusterId parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("'" + hex + "' is no cluster id: expected 32 hexadecimal digits");
        }
        try {
            return new ClusterId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + hex + "' is no cluster id: expected 32 hexadecimal digits", e);
        }
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}

package io.muster.advisories;

import io.muster.advisories.Cursor.Token;

/// Reads one OSV record (schema 1.0 to 1.7) from the bytes of a JSON or YAML document.
///
/// Unknown fields are ignored and absent ones have their plain meaning; only the `id` is indispensable. What has the
/// wrong shape where a match depends on it makes the record malformed: to guess there would hide findings.
public final class AdvisoryReader {

    /// The largest record read; real ones stay below a megabyte, kernel records with every version listed reach a few.
    public static final int MAX_RECORD_BYTES = 16 << 20;

    /// The deepest nesting read; the schema needs seven, `database_specific` may use a few more.
    public static final int MAX_DEPTH = 64;

    private AdvisoryReader() {}

    /// Reads JSON in UTF-8, UTF-16 or UTF-32; `source` is what a complaint calls the bytes, usually a file's name.
    public static AdvisoryReading json(String source, byte[] bytes) {
        if (bytes.length > MAX_RECORD_BYTES) {
            return tooLarge(source, bytes.length);
        }
        return read(source, () -> new JsonCursor(bytes));
    }

    /// Reads YAML 1.2 in UTF-8; `source` is what a complaint calls the bytes, usually a file's name.
    public static AdvisoryReading yaml(String source, byte[] bytes) {
        if (bytes.length > MAX_RECORD_BYTES) {
            return tooLarge(source, bytes.length);
        }
        return read(source, () -> new YamlCursor(bytes, source));
    }

    private static AdvisoryReading tooLarge(String source, int size) {
        return new AdvisoryReading.Malformed(
                source, "", size + " bytes are more than a record may have, which is " + MAX_RECORD_BYTES);
    }

    private interface Opening {
        Cursor open();
    }

    private static AdvisoryReading read(String source, Opening opening) {
        try {
            Cursor cursor = opening.open();
            if (cursor.next() != Token.OBJECT) {
                throw new MalformedAdvisoryException(cursor.place(), "a record is an object, this begins otherwise");
            }
            var advisory = new RecordFields(cursor).read();
            if (cursor.next() != Token.END) {
                throw new MalformedAdvisoryException(cursor.place(), "something follows the record");
            }
            return new AdvisoryReading.Read(advisory);
        } catch (MalformedAdvisoryException e) {
            return new AdvisoryReading.Malformed(source, e.place(), e.reason());
        }
    }
}

package io.muster.advisories;

import io.muster.documents.JsonTree;
import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.documents.TreeNode;
import io.muster.documents.YamlTree;
import java.util.function.Supplier;

/// Reads one OSV record (schema 1.0 to 1.7) from the bytes of a JSON or YAML document.
///
/// Unknown fields are ignored and absent ones have their plain meaning; only the `id` is indispensable. What has the
/// wrong shape where a match depends on it makes the record malformed: to guess there would hide findings.
public final class AdvisoryReader {

    /// The largest record read; real ones stay below a megabyte, kernel records with every version listed reach a few.
    public static final int MAX_RECORD_BYTES = 16 << 20;

    private AdvisoryReader() {}

    /// Reads JSON in UTF-8, UTF-16 or UTF-32; `source` is what a complaint calls the bytes, usually a file's name.
    public static AdvisoryReading json(String source, byte[] bytes) {
        return read(source, bytes, () -> JsonTree.read(bytes));
    }

    /// Reads YAML 1.2 in UTF-8 or UTF-16; `source` is what a complaint calls the bytes, usually a file's name.
    public static AdvisoryReading yaml(String source, byte[] bytes) {
        return read(source, bytes, () -> YamlTree.single(SourceText.decode(bytes)));
    }

    private static AdvisoryReading read(String source, byte[] bytes, Supplier<TreeNode.Mapping> parser) {
        if (bytes.length > MAX_RECORD_BYTES) {
            return new AdvisoryReading.Malformed(
                    source, "", bytes.length + " bytes are more than a record may have, which is " + MAX_RECORD_BYTES);
        }
        try {
            return new AdvisoryReading.Read(new RecordFields(parser.get()).read());
        } catch (MalformedDocumentException e) {
            return new AdvisoryReading.Malformed(source, e.line() > 0 ? "line " + e.line() : "", e.reason());
        }
    }
}

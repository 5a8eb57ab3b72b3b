package io.muster.api;

import io.javalin.http.Context;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/// A file of this module, read once at the start and served from memory with a tag of its content (RFC 9110 §8.8.3).
final class StaticFile {
    private final String mediaType;
    private final byte[] content;
    private final String tag;

    private StaticFile(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.content = content;
        this.tag = '"' + HexFormat.of().formatHex(Sha256.of(Bytes.wrap(content)).array(), 0, 12) + '"';
    }

    /// The resource `name` beside this class.
    static StaticFile of(String name, String mediaType) {
        try (InputStream in = StaticFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing in this build");
            }
            return new StaticFile(mediaType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file " + name + " of this build", e);
        }
    }

    /// Content that was put together at the start.
    static StaticFile of(byte[] content, String mediaType) {
        return new StaticFile(mediaType, content);
    }

    /// Answers with the file, or with 304 where the asker has it already.
    void serve(Context ctx) {
        // Kept, but asked about each time: a page and its scripts must be of one build.
        ctx.header("Cache-Control", "no-cache").header("ETag", tag);
        if (tag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(mediaType).result(content);
    }
}

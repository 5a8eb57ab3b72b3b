package io.muster.cli;

import io.muster.node.FileFailure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Where answers go; remembers why one could not be written, which a [java.io.PrintWriter] swallows.
final class ErrorKeepingStream extends FilterOutputStream {
    private @Nullable IOException failure;

    ErrorKeepingStream(OutputStream stream) {
        super(stream);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /// Why not all was written; `null` where it was, or where the reader had read enough, as `head` does.
    @Nullable String trouble() {
        String reason = failure == null ? null : FileFailure.of(failure);
        return "Broken pipe".equals(reason) ? null : reason;
    }
}

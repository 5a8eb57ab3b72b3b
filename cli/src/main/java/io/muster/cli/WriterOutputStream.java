package io.muster.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes of UTF-8 on their way to where text is printed; a character may be cut between two writes, and what is no
/// UTF-8 is shown as such.
final class WriterOutputStream extends OutputStream {
    private static final int MAX_BYTES_OF_CHARACTER = 4;

    private final Writer writer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer left = ByteBuffer.allocate(0);

    WriterOutputStream(Writer writer) {
        this.writer = writer;
    }

    @Override
    public void write(int each) throws IOException {
        write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var all = ByteBuffer.allocate(left.remaining() + length)
                .put(left)
                .put(bytes, offset, length)
                .flip();
        var text = CharBuffer.allocate(all.remaining() + MAX_BYTES_OF_CHARACTER);
        decoder.decode(all, text, false);
        writer.write(text.flip().toString());
        left = all.slice();
    }

    @Override
    public void flush() throws IOException {
        if (left.hasRemaining()) {
            writer.write('\uFFFD');
            left = ByteBuffer.allocate(0);
        }
        writer.flush();
    }
}

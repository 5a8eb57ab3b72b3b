package io.muster.wire;

import io.muster.encoding.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.SerializableString;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// JSON that passes through unread: written as it stands, and cut out of its source as it stood there.
public final class RawJson {
    /// Under which attribute a reader finds the array that the parser reads from.
    static final String SOURCE = "source";

    private RawJson() {}

    static JacksonModule module() {
        return new SimpleModule("raw-json")
                .addSerializer(Bytes.class, new Writer())
                .addDeserializer(String.class, new PlainText())
                .addDeserializer(Bytes.class, new Reader());
    }

    /// Writes `json` where the generator expects a value.
    public static void write(JsonGenerator generator, Bytes json) {
        generator.writeRawValue(new Verbatim(json.array()));
    }

    /// The bytes of the value that the parser stands on; afterwards it stands on that value's end.
    public static Bytes cut(JsonParser parser, byte[] source) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return Bytes.wrap(Arrays.copyOfRange(source, start, end));
    }

    private static final class Writer extends ValueSerializer<Bytes> {
        @Override
        public void serialize(Bytes json, JsonGenerator generator, SerializationContext context) {
            write(generator, json);
        }
    }

    private static final class Reader extends ValueDeserializer<Bytes> {
        @Override
        public Bytes deserialize(JsonParser parser, DeserializationContext context) {
            if (context.getAttribute(SOURCE) instanceof byte[] source) {
                return cut(parser, source);
            }
            throw new IllegalStateException("raw JSON can be read only from a known array: use Json.read");
        }
    }

    /// Bytes in the clothes of a string, because that is the one way in which a generator copies bytes unread.
    private record Verbatim(
            @SuppressWarnings("ArrayRecordComponent") byte[] json) // never compared, never kept
            implements SerializableString {
        @Override
        public String getValue() {
            return Bytes.wrap(json).text();
        }

        @Override
        public int charLength() {
            return getValue().length();
        }

        @Override
        public byte[] asUnquotedUTF8() {
            return json;
        }

        @Override
        public int appendUnquotedUTF8(byte[] buffer, int offset) {
            if (json.length > buffer.length - offset) {
                return -1;
            }
            System.arraycopy(json, 0, buffer, offset, json.length);
            return json.length;
        }

        @Override
        public int appendUnquoted(char[] buffer, int offset) {
            String text = getValue();
            if (text.length() > buffer.length - offset) {
                return -1;
            }
            text.getChars(0, text.length(), buffer, offset);
            return text.length();
        }

        @Override
        public int writeUnquotedUTF8(OutputStream out) throws IOException {
            out.write(json);
            return json.length;
        }

        @Override
        public int putUnquotedUTF8(ByteBuffer buffer) {
            if (json.length > buffer.remaining()) {
                return -1;
            }
            buffer.put(json);
            return json.length;
        }

        @Override
        public char[] asQuotedChars() {
            throw neverQuoted();
        }

        @Override
        public byte[] asQuotedUTF8() {
            throw neverQuoted();
        }

        @Override
        public int appendQuotedUTF8(byte[] buffer, int offset) {
            throw neverQuoted();
        }

        @Override
        public int appendQuoted(char[] buffer, int offset) {
            throw neverQuoted();
        }

        @Override
        public int writeQuotedUTF8(OutputStream out) {
            throw neverQuoted();
        }

        @Override
        public int putQuotedUTF8(ByteBuffer buffer) {
            throw neverQuoted();
        }

        private static UnsupportedOperationException neverQuoted() {
            return new UnsupportedOperationException("raw JSON is never quoted");
        }
    }
}

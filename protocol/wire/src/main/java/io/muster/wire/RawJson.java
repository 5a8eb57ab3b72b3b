package io.muster.wire;

import io.muster.encoding.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
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

    private static final Bytes NULL = Bytes.utf8("null");

    private RawJson() {}

    static JacksonModule module() {
        return new SimpleModule("raw-json")
                .addSerializer(Bytes.class, new Writer())
                .addDeserializer(String.class, new PlainText())
                .addDeserializer(Bytes.class, new Reader());
    }

    /// Keeps the JSON value `null` apart from a field that is absent: the former is read as the bytes `null`, the
    /// latter as no bytes. Without it both are read as absent.
    public static final class KeepingNull extends ValueDeserializer<Bytes> {
        @Override
        public Bytes deserialize(JsonParser parser, DeserializationContext context) {
            return cut(parser, context);
        }

        @Override
        public Bytes getNullValue(DeserializationContext context) {
            return NULL;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    private static final class Reader extends ValueDeserializer<Bytes> {
        @Override
        public Bytes deserialize(JsonParser parser, DeserializationContext context) {
            return cut(parser, context);
        }
    }

    /// Goes through text, since a generator takes no bytes: 3 µs more for 64 payloads of a hundred bytes.
    private static final class Writer extends ValueSerializer<Bytes> {
        @Override
        public void serialize(Bytes json, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(json.text());
        }
    }

    /// The bytes of the value that the parser stands on; afterwards it stands on that value's end.
    private static Bytes cut(JsonParser parser, DeserializationContext context) {
        if (!(context.getAttribute(SOURCE) instanceof byte[] source)) {
            throw new IllegalStateException("raw JSON can be read only from a known array: use Json.read");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return Bytes.wrap(Arrays.copyOfRange(source, start, end));
    }
}

package io.muster.reports;

import java.io.StringWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes indented JSON by nested calls that mirror the document.
final class JsonPage {

    private static final JsonFactory FACTORY = new JsonFactory();

    /// Tells the generator to indent.
    private static final class Indented extends ObjectWriteContext.Base {
        private final PrettyPrinter printer = new DefaultPrettyPrinter();

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private final JsonGenerator generator;

    private JsonPage(JsonGenerator generator) {
        this.generator = generator;
    }

    /// The text of a document that is one object.
    static String write(Consumer<JsonPage> fields) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(new Indented(), text)) {
            generator.writeStartObject();
            fields.accept(new JsonPage(generator));
            generator.writeEndObject();
        }
        return text.append('\n').toString();
    }

    JsonPage text(String name, String value) {
        generator.writeStringProperty(name, value);
        return this;
    }

    /// Writes nothing for the empty text.
    JsonPage textIfAny(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    JsonPage number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    JsonPage number(String name, double value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    JsonPage flag(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    JsonPage object(String name, Consumer<JsonPage> fields) {
        generator.writeObjectPropertyStart(name);
        fields.accept(this);
        generator.writeEndObject();
        return this;
    }

    JsonPage texts(String name, List<String> values) {
        generator.writeArrayPropertyStart(name);
        values.forEach(generator::writeString);
        generator.writeEndArray();
        return this;
    }

    /// A list of lists of texts.
    JsonPage textLists(String name, List<List<String>> lists) {
        generator.writeArrayPropertyStart(name);
        for (List<String> list : lists) {
            generator.writeStartArray();
            list.forEach(generator::writeString);
            generator.writeEndArray();
        }
        generator.writeEndArray();
        return this;
    }

    /// A list of one object for each item.
    <T> JsonPage objects(String name, Iterable<T> items, BiConsumer<JsonPage, T> fields) {
        generator.writeArrayPropertyStart(name);
        for (T item : items) {
            generator.writeStartObject();
            fields.accept(this, item);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }
}

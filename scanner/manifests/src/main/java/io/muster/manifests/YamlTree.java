package io.muster.manifests;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the documents of a YAML file into [Datum] trees, from parser events.
///
/// Aliases are refused: no lockfile is written with them, and a file that nests them grows beyond any memory. So
/// are keys given twice and keys that are not scalars. Plain scalars stay text; `null` and `~` are left out.
final class YamlTree {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(Limits.MANIFEST_BYTES)
            .setUseMarks(true)
            .build();

    /// Emoji and the like. The parser (snakeyaml-engine 3.0.1) fails on one that lies across the end of its
    /// buffer; no package is named with them, so they are taken out.
    private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

    /// One line. The parser takes time in the square of a line's length; the longest honest lines have some
    /// 5,000.
    private static final int LINE_CHARS = 1 << 16;

    /// Room made at first: most objects are small, and a hostile file has millions of them.
    private static final int FEW = 3;

    private final Iterator<Event> events;
    private int values;

    private YamlTree(Iterator<Event> events) {
        this.events = events;
    }

    /// The one document of a format that never has a second; further ones are refused, not passed over.
    static Datum.Mapping read(String text) {
        List<Datum.Mapping> documents = documents(text);
        if (documents.size() > 1) {
            throw new Malformed("a second document follows", documents.get(1).line());
        }
        return documents.getFirst();
    }

    /// Every document, at least one; that of an empty file is empty.
    static List<Datum.Mapping> documents(String text) {
        SourceText.eachLine(text, (line, number) -> {
            if (line.length() > LINE_CHARS) {
                throw new Malformed("a line of YAML has more than " + LINE_CHARS + " characters", number);
            }
        });
        try {
            var tree = new YamlTree(new Parse(SETTINGS)
                    .parseString(SUPPLEMENTARY.matcher(text).replaceAll("\ufffd"))
                    .iterator());
            return tree.documents();
        } catch (MarkedYamlEngineException broken) {
            throw new Malformed("this is not YAML: " + broken.getProblem(), line(broken.getProblemMark()));
        } catch (YamlEngineException broken) {
            throw new Malformed("this is not YAML: " + broken.getMessage(), 0);
        } catch (NumberFormatException broken) {
            // The parser does so at an escape that is no number of 31 bits.
            throw new Malformed("this is not YAML: an escape in a text names no character", 0);
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(0);
    }

    private List<Datum.Mapping> documents() {
        var documents = new ArrayList<Datum.Mapping>(1);
        while (events.hasNext()) {
            Event event = events.next();
            boolean isFrame = switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> true;
                default -> false;
            };
            if (!isFrame && !isNull(event)) {
                documents.add(Datum.top(value(event, 0)));
            }
        }
        return documents.isEmpty() ? List.of(Datum.Mapping.EMPTY) : documents;
    }

    private Datum value(Event event, int depth) {
        int line = line(event.getStartMark());
        if (++values > Limits.VALUES) {
            throw new Malformed("the file holds more than " + Limits.VALUES + " values", line);
        }
        if (depth > Limits.NESTING) {
            throw new Malformed("values are nested more than " + Limits.NESTING + " deep", line);
        }
        return switch (event.getEventId()) {
            case MappingStart -> mapping(line, depth);
            case SequenceStart -> listing(line, depth);
            case Scalar -> new Datum.Text(scalar((ScalarEvent) event, line), line);
            case Alias -> throw new Malformed("an alias is used; lockfiles are written without", line);
            default -> throw new Malformed("'" + event.getEventId() + "' stands where a value should", line);
        };
    }

    private Datum.Mapping mapping(int line, int depth) {
        Map<String, Datum> entries = LinkedHashMap.newLinkedHashMap(FEW);
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            int at = line(key.getStartMark());
            if (!(key instanceof ScalarEvent scalar)) {
                throw new Malformed("a key is not a scalar", at);
            }
            String name = scalar(scalar, at);
            Event next = events.next();
            Datum value = isNull(next) ? null : value(next, depth + 1);
            if (entries.containsKey(name)) {
                throw new Malformed("the key '" + name + "' is given twice in one mapping", at);
            }
            if (value != null) {
                entries.put(name, placed(value, at));
            }
        }
        return new Datum.Mapping(entries, line);
    }

    /// A nested mapping begins on the line below its key; the key's line is the one to show.
    private static Datum placed(Datum value, int line) {
        return value instanceof Datum.Mapping(Map<String, Datum> entries, int begun)
                ? new Datum.Mapping(entries, line)
                : value;
    }

    private Datum.Listing listing(int line, int depth) {
        var items = new ArrayList<Datum>(FEW);
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            if (!isNull(item)) {
                items.add(value(item, depth + 1));
            }
        }
        return new Datum.Listing(items, line);
    }

    private static boolean isNull(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }

    private static String scalar(ScalarEvent scalar, int line) {
        if (scalar.getValue().length() > Limits.STRING_CHARS) {
            throw new Malformed("a string has more than " + Limits.STRING_CHARS + " characters", line);
        }
        return scalar.getValue();
    }
}

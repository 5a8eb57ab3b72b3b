package io.muster.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the documents of a YAML file into [TreeNode] trees, from parser events.
///
/// Aliases are refused where a format is written without: nested ones make work that grows beyond any bound. Keys given
/// twice and keys that are not scalars are always refused. Plain scalars stay text; `null` and `~` are left out.
public final class YamlTree {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(DocumentLimits.BYTES)
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

    /// What an alias stands for, and how many values that is.
    private record Anchored(TreeNode value, int weight) {}

    private enum Aliases {
        FOLLOWED,
        REFUSED
    }

    private final Iterator<Event> events;
    private final Aliases aliases;
    private final Map<String, Anchored> anchored = new HashMap<>();
    private int values;

    private YamlTree(Iterator<Event> events, Aliases aliases) {
        this.events = events;
        this.aliases = aliases;
    }

    /// The one document of a format that never has a second; further ones are refused, not passed over.
    ///
    /// Aliases are followed: the tree shares what they stand for, and counts it each time against
    /// [DocumentLimits#VALUES].
    public static TreeNode.Mapping single(String text) {
        List<TreeNode.Mapping> documents = documents(text, Aliases.FOLLOWED);
        if (documents.size() > 1) {
            throw new MalformedDocumentException(
                    "a second document follows", documents.get(1).line());
        }
        return documents.getFirst();
    }

    /// Every document of a format that is written without aliases, at least one; that of an empty file is empty.
    public static List<TreeNode.Mapping> documents(String text) {
        return documents(text, Aliases.REFUSED);
    }

    private static List<TreeNode.Mapping> documents(String text, Aliases aliases) {
        SourceText.eachLine(text, (line, number) -> {
            if (line.length() > LINE_CHARS) {
                throw new MalformedDocumentException(
                        "a line of YAML has more than " + LINE_CHARS + " characters", number);
            }
        });
        try {
            var events = new Parse(SETTINGS)
                    .parseString(SUPPLEMENTARY.matcher(text).replaceAll("\ufffd"))
                    .iterator();
            return new YamlTree(events, aliases).documents();
        } catch (MarkedYamlEngineException broken) {
            throw new MalformedDocumentException(
                    "this is not YAML: " + broken.getProblem(), line(broken.getProblemMark()));
        } catch (YamlEngineException broken) {
            throw new MalformedDocumentException("this is not YAML: " + broken.getMessage(), 0);
        } catch (NumberFormatException broken) {
            // The parser does so at an escape that is no number of 31 bits.
            throw new MalformedDocumentException("this is not YAML: an escape in a text names no character", 0);
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(0);
    }

    private List<TreeNode.Mapping> documents() {
        var documents = new ArrayList<TreeNode.Mapping>(1);
        while (events.hasNext()) {
            Event event = events.next();
            boolean isFrame = switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> true;
                default -> false;
            };
            if (!isFrame && !isNull(event)) {
                documents.add(TreeNode.top(value(event, 0)));
            }
        }
        return documents.isEmpty() ? List.of(TreeNode.Mapping.EMPTY) : documents;
    }

    private TreeNode value(Event event, int depth) {
        int line = line(event.getStartMark());
        int before = values;
        count(1, line);
        if (depth > DocumentLimits.NESTING) {
            throw new MalformedDocumentException(
                    "values are nested more than " + DocumentLimits.NESTING + " deep", line);
        }
        TreeNode value = switch (event.getEventId()) {
            case MappingStart -> mapping(line, depth);
            case SequenceStart -> listing(line, depth);
            case Scalar -> text((ScalarEvent) event, line);
            case Alias -> followed((AliasEvent) event, line);
            default ->
                throw new MalformedDocumentException("'" + event.getEventId() + "' stands where a value should", line);
        };
        if (aliases == Aliases.FOLLOWED && event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchored.put(anchor.getValue(), new Anchored(value, values - before)));
        }
        return value;
    }

    private void count(int more, int line) {
        values += more;
        if (values > DocumentLimits.VALUES) {
            throw new MalformedDocumentException("the file holds more than " + DocumentLimits.VALUES + " values", line);
        }
    }

    /// An anchor is known once its value has ended, so that none holds itself.
    private TreeNode followed(AliasEvent alias, int line) {
        if (aliases == Aliases.REFUSED) {
            throw new MalformedDocumentException("an alias is used; lockfiles are written without", line);
        }
        Anchored meant = anchored.get(alias.getAlias().getValue());
        if (meant == null) {
            throw new MalformedDocumentException(
                    "no value called '" + alias.getAlias() + "' ends before this alias", line);
        }
        count(meant.weight(), line);
        return meant.value();
    }

    private TreeNode.Mapping mapping(int line, int depth) {
        Map<String, TreeNode> entries = LinkedHashMap.newLinkedHashMap(FEW);
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            int at = line(key.getStartMark());
            if (!(key instanceof ScalarEvent scalar)) {
                throw new MalformedDocumentException("a key is not a scalar", at);
            }
            String name = scalar(scalar, at);
            Event next = events.next();
            TreeNode value = isNull(next) ? null : value(next, depth + 1);
            if (entries.containsKey(name)) {
                throw new MalformedDocumentException("the key '" + name + "' is given twice in one mapping", at);
            }
            if (value != null) {
                entries.put(name, placed(value, at));
            }
        }
        return new TreeNode.Mapping(entries, line);
    }

    /// A nested mapping begins on the line below its key; the key's line is the one to show.
    private static TreeNode placed(TreeNode value, int line) {
        return value instanceof TreeNode.Mapping(Map<String, TreeNode> entries, int begun)
                ? new TreeNode.Mapping(entries, line)
                : value;
    }

    private TreeNode.Listing listing(int line, int depth) {
        var items = new ArrayList<TreeNode>(FEW);
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            if (!isNull(item)) {
                items.add(value(item, depth + 1));
            }
        }
        return new TreeNode.Listing(items, line);
    }

    private static boolean isNull(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && switch (scalar.getValue()) {
                    case "", "~", "null", "Null", "NULL" -> true;
                    default -> false;
                };
    }

    private static TreeNode.Text text(ScalarEvent scalar, int line) {
        var notation = scalar.isPlain() ? TreeNode.Notation.BARE : TreeNode.Notation.QUOTED;
        return new TreeNode.Text(scalar(scalar, line), notation, line);
    }

    private static String scalar(ScalarEvent scalar, int line) {
        if (scalar.getValue().length() > DocumentLimits.STRING_CHARS) {
            throw new MalformedDocumentException(
                    "a string has more than " + DocumentLimits.STRING_CHARS + " characters", line);
        }
        return scalar.getValue();
    }
}

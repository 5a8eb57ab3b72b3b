package io.muster.advisories;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Walks YAML. Aliases are replayed from their anchor, within a budget that no honest record reaches.
///
/// The events of the whole document are held while it is read: an alias may point back to any of them.
final class YamlCursor implements Cursor {
    /// Characters beyond the basic plane, such as emoji: snakeyaml-engine 3.0.1 fails where one lies across the end of
    /// its buffer. They stand in prose only, never in a name or version.
    private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

    /// What one document may unfold to, aliases included: ten thousand versions in a hundred packages. Nested aliases
    /// grow exponentially, so the budget, not memory, must end them.
    static final int MAX_EVENTS = 2_000_000;

    private final List<Event> events;
    private final Map<String, Integer> anchors = new HashMap<>();
    private final Deque<Span> replays = new ArrayDeque<>();
    private final Deque<Nesting> nesting = new ArrayDeque<>();
    private int position;
    private int served;
    private Token current = Token.NULL;
    private @Nullable ScalarEvent scalar;

    /// The rest of the events to replay before the walk goes on where the alias stood.
    private record Span(int resumeAt, int depth) {}

    private enum Nesting {
        LIST,
        BEFORE_KEY,
        BEFORE_VALUE
    }

    YamlCursor(byte[] bytes, String source) {
        events = parse(bytes, source);
    }

    private static List<Event> parse(byte[] bytes, String source) {
        var settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(AdvisoryReader.MAX_RECORD_BYTES)
                .build();
        var events = new ArrayList<Event>();
        int documents = 0;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            for (Event event :
                    new Parse(settings).parseString(SUPPLEMENTARY.matcher(text).replaceAll("\uFFFD"))) {
                if (events.size() == MAX_EVENTS) {
                    throw new MalformedAdvisoryException(place(event), "more than " + MAX_EVENTS + " YAML events");
                }
                documents += event.getEventId() == Event.ID.DocumentStart ? 1 : 0;
                if (documents > 1) {
                    throw new MalformedAdvisoryException(
                            place(event), "a second document follows: a file holds one record");
                }
                events.add(event);
            }
        } catch (CharacterCodingException e) {
            throw new MalformedAdvisoryException("", "the text is not UTF-8");
        } catch (MarkedYamlEngineException e) {
            throw new MalformedAdvisoryException(
                    e.getProblemMark().map(YamlCursor::place).orElse(""), e.getProblem());
        } catch (YamlEngineException e) {
            throw new MalformedAdvisoryException("", String.valueOf(e.getMessage()));
        } catch (NumberFormatException e) {
            // The parser does so at an escape that is no number of 31 bits.
            throw new MalformedAdvisoryException("", "an escape in a text names no character");
        }
        return events;
    }

    @Override
    public Token next() {
        while (position < events.size()) {
            if (++served > MAX_EVENTS) {
                throw new MalformedAdvisoryException(
                        place(), "its aliases unfold to more than " + MAX_EVENTS + " events");
            }
            Event event = events.get(position);
            @Nullable Token token = step(event);
            if (token != null) {
                current = token;
                return token;
            }
        }
        current = Token.END;
        return current;
    }

    private @Nullable Token step(Event event) {
        remember(event);
        return switch (event.getEventId()) {
            case MappingStart -> open(Nesting.BEFORE_KEY, Token.OBJECT);
            case SequenceStart -> open(Nesting.LIST, Token.LIST);
            case MappingEnd -> close(Token.END_OBJECT);
            case SequenceEnd -> close(Token.END_LIST);
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> replay((AliasEvent) event);
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {
                position++;
                yield null;
            }
        };
    }

    private void remember(Event event) {
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), position));
        }
    }

    private Token open(Nesting inside, Token token) {
        if (nesting.size() >= AdvisoryReader.MAX_DEPTH) {
            throw new MalformedAdvisoryException(place(), "nested deeper than " + AdvisoryReader.MAX_DEPTH);
        }
        if (nesting.peek() == Nesting.BEFORE_KEY) {
            throw new MalformedAdvisoryException(place(), "a key must be a plain text");
        }
        nesting.push(inside);
        position++;
        return token;
    }

    private Token close(Token token) {
        nesting.pop();
        position++;
        valueEnded();
        return token;
    }

    private Token scalar(ScalarEvent event) {
        scalar = event;
        position++;
        if (nesting.peek() == Nesting.BEFORE_KEY) {
            nesting.pop();
            nesting.push(Nesting.BEFORE_VALUE);
            return Token.FIELD;
        }
        valueEnded();
        return isNull(event) ? Token.NULL : Token.TEXT;
    }

    private static boolean isNull(ScalarEvent event) {
        return event.getScalarStyle() == ScalarStyle.PLAIN
                && switch (event.getValue()) {
                    case "", "~", "null", "Null", "NULL" -> true;
                    default -> false;
                };
    }

    private @Nullable Token replay(AliasEvent event) {
        if (nesting.peek() == Nesting.BEFORE_KEY) {
            throw new MalformedAdvisoryException(place(event), "a key must be a plain text");
        }
        @Nullable Integer anchored = anchors.get(event.getAlias().getValue());
        if (anchored == null) {
            throw new MalformedAdvisoryException(
                    place(event), "no anchor '" + event.getAlias() + "' before this alias");
        }
        replays.push(new Span(position + 1, nesting.size()));
        position = anchored;
        return null;
    }

    /// After the last event of a replayed value the walk returns to behind the alias.
    private void valueEnded() {
        if (nesting.peek() == Nesting.BEFORE_VALUE) {
            nesting.pop();
            nesting.push(Nesting.BEFORE_KEY);
        }
        while (!replays.isEmpty() && replays.getFirst().depth() == nesting.size()) {
            position = replays.pop().resumeAt();
        }
    }

    @Override
    public Token current() {
        return current;
    }

    @Override
    public String text() {
        return scalar == null ? "" : scalar.getValue();
    }

    @Override
    public String place() {
        return position == 0 ? "" : place(events.get(Math.min(position, events.size()) - 1));
    }

    private static String place(Event event) {
        return event.getStartMark().map(YamlCursor::place).orElse("");
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }
}

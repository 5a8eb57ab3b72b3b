package io.muster.wire;

import io.muster.encoding.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says what is wrong with JSON in the words of its author. The parser's own sentences name Java classes and its
/// switches, so none of them is passed on; a kind that is not known here is told in general.
public final class JsonFaults {
    /// A name or value that is shown is cut here.
    private static final int SHOWN_CHARACTERS = 60;

    private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)' ");
    private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"(.*)\"");
    private static final Pattern TOKEN = Pattern.compile("Unrecognized token '([^']*)'");

    private JsonFaults() {}

    /// One sentence without a place: the exception knows that.
    public static String inWords(JacksonException e) {
        if (e.getCause() instanceof IllegalArgumentException rule && rule.getMessage() != null) {
            return rule.getMessage();
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknownField(unknown);
            case InvalidFormatException wrong ->
                "expected " + expected(wrong.getTargetType()) + ", found '" + shown(String.valueOf(wrong.getValue()))
                        + "'";
            case MismatchedInputException other
            when hasNull(other) -> "expected " + expected(other.getTargetType()) + ", found nothing";
            case MismatchedInputException other
            when isTrailing(other) -> "expected one JSON value, found more after it";
            case MismatchedInputException other -> "expected " + expected(other.getTargetType());
            case StreamConstraintsException tooMuch -> limit(String.valueOf(tooMuch.getOriginalMessage()));
            default -> syntax(String.valueOf(e.getOriginalMessage()));
        };
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        @Nullable Collection<Object> known = unknown.getKnownPropertyIds();
        var names = new TreeSet<String>();
        if (known != null) {
            known.forEach(name -> names.add(String.valueOf(name)));
        }
        return "there is no field '" + shown(unknown.getPropertyName()) + "' here"
                + (names.isEmpty() ? "" : "; the fields are " + String.join(", ", names));
    }

    private static boolean hasNull(MismatchedInputException e) {
        String said = String.valueOf(e.getOriginalMessage());
        return said.contains("`null`") || said.contains("null into type") || said.contains("end-of-input");
    }

    private static boolean isTrailing(MismatchedInputException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Trailing token");
    }

    private static String expected(@Nullable Class<?> type) {
        return switch (type) {
            case null -> "another kind of value";
            case Class<?> it
            when it == int.class || it == Integer.class || it == long.class || it == Long.class -> "a whole number";
            case Class<?> it when it == BigInteger.class || it == short.class || it == byte.class -> "a whole number";
            case Class<?> it when it == double.class || it == Double.class || it == BigDecimal.class -> "a number";
            case Class<?> it when it == boolean.class || it == Boolean.class -> "true or false";
            case Class<?> it when it == String.class -> "a string";
            case Class<?> it when it == Instant.class -> "an instant such as 2026-01-31T12:00:00Z";
            case Class<?> it when it == Bytes.class -> "a JSON value";
            case Class<?> it when it.isEnum() -> "one of " + words(it);
            case Class<?> it when Collection.class.isAssignableFrom(it) || it.isArray() -> "a list";
            case Class<?> it when Map.class.isAssignableFrom(it) || it.isRecord() -> "an object";
            default -> "another kind of value";
        };
    }

    private static String words(Class<?> choice) {
        var words = new StringBuilder();
        for (Object each : choice.getEnumConstants()) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(((Enum<?>) each).name().toLowerCase(java.util.Locale.ROOT));
        }
        return words.toString();
    }

    private static String limit(String said) {
        return said.contains("nesting")
                ? "it is nested deeper than " + WireLimits.MAX_NESTING + " levels"
                : "it holds a name, a number or a text that is longer than allowed";
    }

    private static String syntax(String said) {
        Matcher twice = TWICE.matcher(said);
        if (twice.find()) {
            return "the field '" + shown(twice.group(1)) + "' stands twice";
        }
        Matcher character = CHARACTER.matcher(said);
        if (character.find()) {
            return "this is no JSON: '" + character.group(1) + "' is not expected here";
        }
        Matcher token = TOKEN.matcher(said);
        if (token.find()) {
            return "this is no JSON: '" + shown(token.group(1)) + "' is not expected here; is a text without quotes?";
        }
        return said.contains("end-of-input") ? "this is no JSON: it ends too early" : "this is no JSON";
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}

package io.muster.manifests;

import io.muster.documents.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one line of a requirements file says. [pip docs, "Requirements File Format"; PEP 508]
sealed interface PipLine {

    /// @param version what `==` or `===` pins it to; empty when nothing does
    record Wanted(String name, String version) implements PipLine {}

    /// A package that comes from a repository, a folder or an address.
    record Elsewhere(SkipReason why, String name) implements PipLine {}

    /// `-r path`
    record Include(String path) implements PipLine {}

    /// `-c path`
    record Constraints(String path) implements PipLine {}

    /// Any other option: an index, a switch.
    record Option(String text) implements PipLine {}

    /// An address or path without the name of a package.
    ///
    /// @param why where it leads; [SkipReason#UNREADABLE] for what is neither
    record Unnamed(SkipReason why, String text) implements PipLine {}

    Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*+)\\s*+(?:\\[[^\\]]*+])?\\s*+");
    Pattern EGG = Pattern.compile("[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*+)");
    List<String> INCLUDES = List.of("--requirement", "-r");
    List<String> CONSTRAINTS = List.of("--constraint", "-c");

    static PipLine read(String line) {
        if (line.startsWith("-")) {
            return option(line);
        }
        Matcher egg = EGG.matcher(line);
        if (egg.find()) {
            String address = line.substring(0, egg.start());
            return new Elsewhere(
                    origin(address.substring(address.indexOf(" @ ") < 0 ? 0 : address.indexOf(" @ ") + 3)),
                    egg.group(1));
        }
        Matcher name = NAME.matcher(line);
        if (!name.lookingAt()) {
            return unnamed(line);
        }
        return specifiers(line, name.group(1), line.substring(name.end()));
    }

    private static PipLine specifiers(String line, String name, String rest) {
        if (rest.startsWith("@")) {
            return new Elsewhere(origin(rest.substring(1).strip()), name);
        }
        if (!rest.isEmpty() && "=<>!~;(,-".indexOf(rest.charAt(0)) < 0) {
            return unnamed(line);
        }
        return isOne(rest) ? new Wanted(name, pinned(rest)) : new Unnamed(SkipReason.UNREADABLE, line);
    }

    /// Whether nothing but options follows the specifiers: pip takes no second requirement on a line.
    private static boolean isOne(String specifiers) {
        String bare = before(before(specifiers, ";") + " ", " -").replaceAll("[()=<>!~]", " ");
        return Stream.of(bare.split(",", -1))
                .allMatch(one -> SourceText.words(one).size() <= 1);
    }

    /// The version that `==` asks for in a list of specifiers, ahead of markers and of options such as `--hash`.
    static String pinned(String specifiers) {
        String bare = before(specifiers, ";").replace('(', ' ').replace(')', ' ');
        for (String specifier : bare.split(",", -1)) {
            String one = specifier.strip();
            if (one.startsWith("==") && !one.endsWith("*")) {
                String version = one.substring(one.startsWith("===") ? 3 : 2).strip();
                List<String> words = SourceText.words(version); // options such as -C follow behind a blank
                return words.isEmpty() || words.getFirst().startsWith("-") ? "" : words.getFirst();
            }
        }
        return "";
    }

    private static String before(String text, String end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    private static PipLine unnamed(String line) {
        boolean isPath = line.indexOf('/') >= 0 || line.endsWith(".whl") || line.startsWith(".");
        return new Unnamed(PackageOrigin.of(line).orElse(isPath ? SkipReason.FOLDER : SkipReason.UNREADABLE), line);
    }

    private static SkipReason origin(String address) {
        return PackageOrigin.of(address).orElse(SkipReason.ADDRESS);
    }

    private static PipLine option(String line) {
        for (String word : INCLUDES) {
            if (isOption(line, word)) {
                return new Include(argument(line, word));
            }
        }
        for (String word : CONSTRAINTS) {
            if (isOption(line, word)) {
                return new Constraints(argument(line, word));
            }
        }
        if (line.startsWith("-e") || line.startsWith("--editable")) {
            Matcher egg = EGG.matcher(line);
            String target = argument(line, line.startsWith("-e") ? "-e" : "--editable");
            return egg.find() ? new Elsewhere(origin(target), egg.group(1)) : unnamed(target);
        }
        return new Option(line);
    }

    private static boolean isOption(String line, String word) {
        boolean isLong = word.startsWith("--");
        return line.startsWith(word)
                && line.length() > word.length()
                && (!isLong || "= \t".indexOf(line.charAt(word.length())) >= 0);
    }

    private static String argument(String line, String word) {
        String rest = line.substring(word.length()).strip();
        String path = rest.startsWith("=") ? rest.substring(1).strip() : rest;
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /// A name as PyPI compares names (PEP 503).
    static String normal(String name) {
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }
}

package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import java.util.ArrayList;
import java.util.List;

/// The indented format of Yarn 1's lockfile: entries at the margin, their fields by two blanks, the names below
/// `dependencies:` and `optionalDependencies:` by four.
final class YarnClassic {

    /// @param descriptors `name@range`, at least one
    /// @param needs what it depends on, as descriptors
    /// @param resolved where the copy was got from; empty when the file does not say
    record Entry(List<String> descriptors, String version, String resolved, List<String> needs, int line) {}

    private final List<Entry> entries = new ArrayList<>();
    private List<String> descriptors = List.of();
    private List<String> needs = new ArrayList<>();
    private String version = "";
    private String resolved = "";
    private int begun;
    private boolean isInDependencies;

    private YarnClassic() {}

    static List<Entry> read(String text) {
        var lock = new YarnClassic();
        SourceText.eachLine(text, lock::line);
        lock.end();
        return lock.entries;
    }

    private void line(String line, int number) {
        String bare = line.strip();
        if (bare.isEmpty() || bare.startsWith("#")) {
            return;
        }
        int indent = line.length() - line.stripLeading().length();
        if (indent == 0) {
            begin(bare, number);
        } else if (descriptors.isEmpty()) {
            throw new MalformedDocumentException("a field stands before the first entry", number);
        } else if (indent == 2) {
            field(bare, number);
        } else if (isInDependencies) {
            List<String> words = words(bare, number);
            needs.add(words.getFirst() + "@" + (words.size() > 1 ? words.get(1) : ""));
        }
    }

    private void begin(String header, int number) {
        if (!header.endsWith(":")) {
            throw new MalformedDocumentException("an entry should end in ':'", number);
        }
        end();
        begun = number;
        descriptors = words(header.substring(0, header.length() - 1).replace(',', ' '), number);
        if (descriptors.isEmpty()) {
            throw new MalformedDocumentException("an entry has no descriptor", number);
        }
    }

    private void field(String field, int number) {
        boolean isList = field.endsWith(":");
        List<String> words = words(isList ? field.substring(0, field.length() - 1) : field, number);
        String key = words.isEmpty() ? "" : words.getFirst();
        isInDependencies = isList && (key.equals("dependencies") || key.equals("optionalDependencies"));
        switch (key) {
            case "version" -> version = words.getLast();
            case "resolved" -> resolved = words.getLast();
            default -> {} // integrity and the like
        }
    }

    private void end() {
        if (!descriptors.isEmpty()) {
            entries.add(new Entry(descriptors, version, resolved, needs, begun));
        }
        needs = new ArrayList<>();
        version = "";
        resolved = "";
        isInDependencies = false;
    }

    /// Words separated by blanks; quotes hold one together.
    private static List<String> words(String text, int number) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ') {
                at++;
                continue;
            }
            int end = c == '"' ? text.indexOf('"', at + 1) : text.indexOf(' ', at);
            if (c == '"' && end < 0) {
                throw new MalformedDocumentException("a quote is not closed", number);
            }
            int stop = end < 0 ? text.length() : end;
            words.add(text.substring(c == '"' ? at + 1 : at, stop));
            at = stop + 1;
        }
        return words;
    }
}

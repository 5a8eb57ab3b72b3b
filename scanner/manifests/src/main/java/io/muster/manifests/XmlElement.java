package io.muster.manifests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An element of an XML file, by its local name, with the line it starts on.
///
/// Like [io.muster.documents.TreeNode] it reads leniently: an absent child reads as an empty element,
/// absent text as empty text.
final class XmlElement {

    private static final XmlElement NONE = new XmlElement("", 0);

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new LinkedHashMap<>(2);
    private final List<XmlElement> children = new ArrayList<>(0);
    private final StringBuilder text = new StringBuilder(0);

    XmlElement(String name, int line) {
        this.name = name;
        this.line = line;
    }

    void attribute(String attribute, String value) {
        attributes.put(attribute, value);
    }

    void child(XmlElement child) {
        children.add(child);
    }

    void text(String more) {
        text.append(more);
    }

    int textLength() {
        return text.length();
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    boolean isAbsent() {
        return this == NONE;
    }

    /// An attribute by its local name, or empty.
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /// Its own text without the blanks around it.
    String text() {
        return text.toString().strip();
    }

    List<XmlElement> children() {
        return children;
    }

    /// The children of a name.
    List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /// The first child of a name, or an empty element.
    XmlElement child(String wanted) {
        return children.stream()
                .filter(child -> child.name.equals(wanted))
                .findFirst()
                .orElse(NONE);
    }

    /// The text of the first child of a name, or empty.
    String textOf(String wanted) {
        return child(wanted).text();
    }
}

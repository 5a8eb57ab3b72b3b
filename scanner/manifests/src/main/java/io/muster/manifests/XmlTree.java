package io.muster.manifests;

import io.muster.documents.DocumentLimits;
import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML into [XmlElement]s, without those the caller does not need.
///
/// A document type is refused where it stands, before anything in it could be expanded or fetched; the parser is
/// told the same, so that a mistake here alone opens nothing.
final class XmlTree {

    private static final XMLInputFactory FACTORY = factory();
    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");
    private static final int DECLARATION_BYTES = 200;

    private final XMLStreamReader reader;
    private final Set<String> skipped;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private int elements;

    private XmlTree(XMLStreamReader reader, Set<String> skipped) {
        this.reader = reader;
        this.skipped = skipped;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entities are not fetched");
        });
        return factory;
    }

    /// @param skipped local names of elements that are passed over wherever they stand, with all they hold
    static XmlElement read(byte[] bytes, Set<String> skipped) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(decoded(bytes)));
            return new XmlTree(reader, skipped).root();
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
            throw new MalformedDocumentException("this is not XML: " + firstLine(broken), Math.max(0, line));
        }
    }

    /// UTF-8 or UTF-16, or Latin-1 when the declaration says so, as many poms do. Decoded here and not by the
    /// parser: it prints malformed bytes to the console before it throws.
    private static String decoded(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(DECLARATION_BYTES, bytes.length), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(head);
        String name = declared.lookingAt() ? declared.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        return switch (name) {
            case "UTF-8", "UTF-16", "US-ASCII", "ASCII" -> SourceText.decode(bytes);
            case "ISO-8859-1", "ISO8859-1", "LATIN1", "WINDOWS-1252" -> new String(bytes, StandardCharsets.ISO_8859_1);
            default ->
                throw new MalformedDocumentException(
                        "the encoding " + name + " is not read; save the file as UTF-8", 1);
        };
    }

    /// The parser's own message is "ParseError at [row,col]: … Message: …"; the row is told apart already.
    private static String firstLine(XMLStreamException broken) {
        String message = String.valueOf(broken.getMessage());
        int at = message.indexOf("Message: ");
        return at < 0 ? message : message.substring(at + "Message: ".length());
    }

    private XmlElement root() throws XMLStreamException {
        XmlElement root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = start();
                    root = root == null ? element : root;
                    if (skipped.contains(element.name())) {
                        passOver();
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                case XMLStreamConstants.DTD ->
                    throw new MalformedDocumentException(
                            "a document type is declared; manifests are written without", line());
                default -> {} // comments, processing instructions, white space
            }
        }
        if (root == null) {
            throw new MalformedDocumentException("the file holds no element", 1);
        }
        return root;
    }

    private XmlElement start() throws XMLStreamException {
        if (++elements > DocumentLimits.VALUES) {
            throw new MalformedDocumentException(
                    "the file holds more than " + DocumentLimits.VALUES + " elements", line());
        }
        if (open.size() == DocumentLimits.NESTING) {
            throw new MalformedDocumentException(
                    "elements are nested more than " + DocumentLimits.NESTING + " deep", line());
        }
        var element = new XmlElement(reader.getLocalName(), line());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        if (!open.isEmpty()) {
            open.peek().child(element);
        }
        open.push(element);
        return element;
    }

    /// Goes to the end of the element just begun; what it holds is parsed, and dropped.
    private void passOver() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        open.pop();
    }

    private void text() {
        XmlElement element = open.peek();
        if (element == null || reader.isWhiteSpace()) {
            return;
        }
        if (element.textLength() + reader.getTextLength() > DocumentLimits.STRING_CHARS) {
            throw new MalformedDocumentException(
                    "a text has more than " + DocumentLimits.STRING_CHARS + " characters", line());
        }
        element.text(reader.getText());
    }

    private int line() {
        return Math.max(0, reader.getLocation().getLineNumber());
    }
}

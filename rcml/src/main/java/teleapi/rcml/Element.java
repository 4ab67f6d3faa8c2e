package teleapi.rcml;

import java.util.List;

/**
 * An XML element as it stands in the document, before anything is known about RCML.
 *
 * @param text its own characters, trimmed, without those of its children
 * @param allText its characters and those of all its descendants, trimmed
 */
record Element(
        String name,
        Position position,
        List<Attribute> attributes,
        List<Element> children,
        String text,
        String allText) {
    /** A name and its value, trimmed. */
    record Attribute(String name, String value, Position position) {}
}

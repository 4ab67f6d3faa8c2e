package teleapi.rcml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The text becomes elements, by StAX with everything external switched off. Thread: the parse that made it. */
final class ElementReader {
    private static final int MAX_REASON = 200;

    /**
     * To set one up costs as much as to read a usual document. Any number of threads may ask it at once, though StAX does not promise it: the JDK's
     * makes each reader anew, of settings that it only reads, as long as its {@code reuse-instance} is off, and so it is.
     */
    private static final XMLInputFactory FACTORY = factory();

    private final DocumentText text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int tag;

    /** An element whose end is not read yet. */
    private record Open(
            String name,
            Position position,
            List<Element.Attribute> attributes,
            List<Element> children,
            StringBuilder own,
            StringBuilder all) {
        Element closed() {
            return new Element(
                    name,
                    position,
                    List.copyOf(attributes),
                    List.copyOf(children),
                    own.toString().strip(),
                    all.toString().strip());
        }
    }

    private ElementReader(DocumentText text) {
        this.text = text;
    }

    static Element read(DocumentText text) throws RefusedDocument {
        return new ElementReader(text).root();
    }

    private Element root() throws RefusedDocument {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text.repaired()));
            Optional<Element> root = Optional.empty();
            while (reader.hasNext()) {
                Optional<Element> closed = take(reader);
                root = closed.isPresent() ? closed : root;
            }
            return root.orElseThrow(() -> new RefusedDocument(new Position(1, 1), "document is empty"));
        } catch (XMLStreamException malformed) {
            Location at = malformed.getLocation();
            Position position = at == null ? new Position(1, 1) : text.sent(at.getLineNumber(), at.getColumnNumber());
            throw new RefusedDocument(position, "document is not well-formed: " + reason(malformed));
        }
    }

    private static XMLInputFactory factory() {
        // newDefaultFactory: no lookup of other parsers, whose switches would have other names.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing external is read");
        });
        return factory;
    }

    /** Takes the next piece; present when it closes the root. */
    private Optional<Element> take(XMLStreamReader reader) throws XMLStreamException, RefusedDocument {
        switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                return end();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                characters(reader.getText());
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new RefusedDocument(new Position(1, 1), "document has a DOCTYPE or an entity; none is read");
            default -> {
                // Comments and processing instructions say nothing to us.
            }
        }
        return Optional.empty();
    }

    private void start(XMLStreamReader reader) throws RefusedDocument {
        DocumentText.Tag place = text.tags().get(tag++);
        if (open.size() == RcmlParser.MAX_DEPTH) {
            throw new RefusedDocument(place.position(), "elements are nested deeper than " + RcmlParser.MAX_DEPTH);
        }
        List<Element.Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = prefixed(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
            Position position = place.attributes().get(i);
            attributes.add(
                    new Element.Attribute(name, reader.getAttributeValue(i).strip(), position));
        }
        String name = prefixed(reader.getPrefix(), reader.getLocalName());
        open.push(new Open(
                name, place.position(), attributes, new ArrayList<>(), new StringBuilder(), new StringBuilder()));
    }

    private Optional<Element> end() {
        Open closing = open.pop();
        Element element = closing.closed();
        Open parent = open.peek();
        if (parent == null) {
            return Optional.of(element);
        }
        parent.children().add(element);
        parent.all().append(closing.all());
        return Optional.empty();
    }

    private void characters(String characters) {
        Open innermost = open.peek();
        if (innermost != null) {
            innermost.own().append(characters);
            innermost.all().append(characters);
        }
    }

    private static String prefixed(@Nullable String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static String reason(XMLStreamException malformed) {
        // The parser's message repeats the place on its first line.
        String message = String.valueOf(malformed.getMessage());
        int behind = message.indexOf("Message: ");
        String reason = behind < 0 ? message : message.substring(behind + "Message: ".length());
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(reason.length(), MAX_REASON); i++) {
            clean.append(Findings.plain(reason.charAt(i)) ? reason.charAt(i) : '?');
        }
        return clean.toString();
    }
}

package teleapi.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes descriptions as XML: root TeleapiResponse, CamelCase elements, nothing that XML 1.0 forbids. */
final class Xml {
    private final StringBuilder out =
            new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TeleapiResponse>");

    private Xml() {}

    static byte[] write(String element, Fields fields) {
        Xml xml = new Xml();
        xml.element(element, fields);
        return xml.end();
    }

    static byte[] write(String element, Listing listing) {
        Xml xml = new Xml();
        xml.out.append('<').append(element);
        xml.attribute("page", Integer.toString(listing.page()));
        xml.attribute("numpages", Long.toString(listing.pages()));
        xml.attribute("pagesize", Integer.toString(listing.size()));
        xml.attribute("total", Long.toString(listing.total()));
        xml.attribute("start", Long.toString(listing.start()));
        xml.attribute("end", Long.toString(listing.end()));
        xml.attribute("uri", listing.uri(Format.XML));
        xml.attribute("firstpageuri", listing.first(Format.XML));
        xml.attribute("previouspageuri", listing.previous(Format.XML).orElse(""));
        xml.attribute("nextpageuri", listing.next(Format.XML).orElse(""));
        xml.attribute("lastpageuri", listing.last(Format.XML));
        xml.out.append('>');
        for (Fields item : listing.items()) {
            xml.element(listing.element(), item);
        }
        xml.out.append("</").append(element).append('>');
        return xml.end();
    }

    private byte[] end() {
        return out.append("</TeleapiResponse>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(String name, Fields fields) {
        out.append('<').append(name).append('>');
        for (Fields.Field field : fields.list(Dialect.NATIVE)) {
            value(camelCase(field.name()), field.value());
        }
        out.append("</").append(name).append('>');
    }

    private void value(String name, Value value) {
        switch (value) {
            case Value.Text(String text) -> text(name, text);
            case Value.Nothing() -> out.append('<').append(name).append("/>");
            case Value.Flag(boolean flag) -> text(name, Boolean.toString(flag));
            case Value.Count(long count) -> text(name, Long.toString(count));
            case Value.Quantity(long count) -> text(name, Long.toString(count));
            case Value.Date(java.time.Instant instant) -> text(name, Times.rfc2822(instant));
            case Value.Moment(java.time.Instant instant) -> text(name, Times.iso(instant));
            case Value.Group(Fields group) -> element(name, group);
            case Value.Texts(String element, List<String> texts) -> {
                out.append('<').append(name).append('>');
                texts.forEach(text -> text(element, text));
                out.append("</").append(name).append('>');
            }
            case Value.Items(String element, List<Fields> items) -> {
                out.append('<').append(name).append('>');
                items.forEach(item -> element(element, item));
                out.append("</").append(name).append('>');
            }
        }
    }

    private void text(String name, String text) {
        out.append('<').append(name).append('>');
        escape(text);
        out.append("</").append(name).append('>');
    }

    private void attribute(String name, String text) {
        out.append(' ').append(name).append("=\"");
        escape(text);
        out.append('"');
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                // As a reference: a parser turns a bare carriage return into a line feed (XML 1.0 §2.11).
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
            }
        });
    }

    /** XML 1.0 §2.2 Char. */
    private static boolean allowed(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean up = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }
}

package teleapi.rcml;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters of a document, looked through once before the XML parser sees them. Thread: the parse that made it.
 *
 * <p>The look-through knows only comments, CDATA, processing instructions and tags. It refuses every other {@code <!} (so no DTD ever
 * reaches the XML parser), repairs the bare {@code &}, and remembers where each start tag and attribute begins, which StAX does not
 * tell. In a well-formed document {@code <} stands nowhere else, so the n-th start tag found here is the n-th element there.
 */
final class DocumentText {
    private static final String REPAIR = "amp;";
    private static final int MAX_REFERENCE = 32;

    private final String text;
    private final Lines lines;
    private final Findings findings;
    private final StringBuilder repaired;
    private final List<Integer> repairs = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();

    /** Where a start tag begins, and each of its attributes. */
    record Tag(Position position, List<Position> attributes) {}

    private DocumentText(String text, Findings findings) {
        this.text = text;
        this.lines = new Lines(text);
        this.findings = findings;
        this.repaired = new StringBuilder(text.length());
    }

    static DocumentText read(byte[] document, Findings findings) throws RefusedDocument {
        if (document.length > RcmlParser.MAX_BYTES) {
            throw new RefusedDocument(
                    new Position(1, 1), "document has " + document.length + " bytes, limit " + RcmlParser.MAX_BYTES);
        }
        DocumentText text = new DocumentText(withoutDeclaration(Encoding.decode(document, findings)), findings);
        text.lookThrough();
        return text;
    }

    /** What the XML parser reads. */
    String repaired() {
        return repaired.toString();
    }

    /** The start tags in document order. */
    List<Tag> tags() {
        return tags;
    }

    /** From a place in the repaired text to the same place in the text as it was sent. */
    Position sent(int line, int column) {
        int wide = 0;
        for (int repair : repairs) {
            Position at = lines.position(repair);
            if (at.line() == line && at.column() + wide < column) {
                wide += REPAIR.length();
            }
        }
        return new Position(Math.max(1, line), Math.max(1, column - wide));
    }

    /** The XML declaration has done its duty in the decoding; blanks keep the positions, and XML 1.1 does not switch its rules on. */
    private static String withoutDeclaration(String text) {
        int end = text.startsWith("<?xml") && text.length() > 5 && text.charAt(5) <= ' ' ? text.indexOf("?>") : -1;
        if (end < 0) {
            return text;
        }
        StringBuilder blanked = new StringBuilder(text);
        for (int i = 0; i < end + 2; i++) {
            if (text.charAt(i) != '\n') {
                blanked.setCharAt(i, ' ');
            }
        }
        return blanked.toString();
    }

    private void lookThrough() throws RefusedDocument {
        int at = 0;
        while (at < text.length()) {
            int end = at + 1;
            if (text.charAt(at) == '&') {
                repaired.append('&');
                repairUnlessReference(at);
            } else if (text.charAt(at) == '<') {
                end = markup(at);
                repaired.append(text, at, end);
            } else {
                repaired.append(text.charAt(at));
            }
            at = end;
        }
    }

    /** Takes a whole comment, CDATA section or instruction; of a tag only its first character, for attributes have references. */
    private int markup(int at) throws RefusedDocument {
        if (text.startsWith("<!--", at)) {
            return behind("-->", at + 4);
        }
        if (text.startsWith("<![CDATA[", at)) {
            return behind("]]>", at + 9);
        }
        if (text.startsWith("<?", at)) {
            return behind("?>", at + 2);
        }
        if (text.startsWith("<!", at)) {
            throw new RefusedDocument(
                    lines.position(at), "document has a DOCTYPE or another declaration; none is read");
        }
        if (!text.startsWith("</", at)) {
            tag(at);
        }
        return at + 1;
    }

    private int behind(String closing, int from) {
        int found = text.indexOf(closing, from);
        return found < 0 ? text.length() : found + closing.length();
    }

    private void tag(int at) throws RefusedDocument {
        if (tags.size() == RcmlParser.MAX_ELEMENTS) {
            throw new RefusedDocument(
                    lines.position(at), "document has more than " + RcmlParser.MAX_ELEMENTS + " elements");
        }
        List<Position> attributes = new ArrayList<>();
        int next = attribute(pastName(at + 1));
        while (next >= 0) {
            if (attributes.size() == RcmlParser.MAX_ATTRIBUTES) {
                throw new RefusedDocument(
                        lines.position(next), "element has more than " + RcmlParser.MAX_ATTRIBUTES + " attributes");
            }
            attributes.add(lines.position(next));
            next = attribute(pastValue(pastName(next)));
        }
        tags.add(new Tag(lines.position(at), attributes));
    }

    /** Where the next attribute begins, or -1 at the end of the tag; also at {@code <}, which keeps the look-ahead linear. */
    private int attribute(int from) {
        int at = pastSpace(from);
        return at >= text.length() || "</>".indexOf(text.charAt(at)) >= 0 ? -1 : at;
    }

    private int pastName(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) > ' ' && "=</>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private int pastValue(int from) {
        int at = pastSpace(from);
        if (at >= text.length() || text.charAt(at) != '=') {
            return at;
        }
        at = pastSpace(at + 1);
        if (at >= text.length() || "\"'".indexOf(text.charAt(at)) < 0) {
            return at;
        }
        char quote = text.charAt(at++);
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '<') {
            at++;
        }
        return at < text.length() && text.charAt(at) == quote ? at + 1 : at;
    }

    private int pastSpace(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private void repairUnlessReference(int at) {
        int end = at + 1;
        while (end < text.length() && end - at <= MAX_REFERENCE && referenceCharacter(text.charAt(end))) {
            end++;
        }
        if (end == at + 1 || end == text.length() || text.charAt(end) != ';') {
            repaired.append(REPAIR);
            repairs.add(at);
            findings.add(lines.position(at), RcmlCode.SCHEMA_WARNING, "'&' begins no reference; it is read as '&amp;'");
        }
    }

    private static boolean referenceCharacter(char c) {
        return c == '#' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}

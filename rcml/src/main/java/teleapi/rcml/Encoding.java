package teleapi.rcml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Bytes become characters: by byte order mark, else by the shape of the first two bytes, else as declared, else UTF-8.
 *
 * <p>Source: XML 1.0 appendix F, cut to the encodings that applications send; UTF-7, UTF-32 and EBCDIC only serve attackers.
 */
final class Encoding {
    /** A declaration is about 60 characters; further in there is none. */
    private static final int DECLARATION = 256;

    private static final Position START = new Position(1, 1);

    private Encoding() {}

    static String decode(byte[] document, Findings findings) throws RefusedDocument {
        int b0 = document.length > 0 ? document[0] & 0xFF : 0;
        int b1 = document.length > 1 ? document[1] & 0xFF : 0;
        int b2 = document.length > 2 ? document[2] & 0xFF : 0;
        if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
            return decode(document, 3, StandardCharsets.UTF_8);
        }
        if (b0 == 0xFE && b1 == 0xFF) {
            return decode(document, 2, StandardCharsets.UTF_16BE);
        }
        if (b0 == 0xFF && b1 == 0xFE) {
            return decode(document, 2, StandardCharsets.UTF_16LE);
        }
        if (b0 == 0 && b1 == '<') {
            return decode(document, 0, StandardCharsets.UTF_16BE);
        }
        if (b0 == '<' && b1 == 0) {
            return decode(document, 0, StandardCharsets.UTF_16LE);
        }
        return decode(document, 0, declared(document, findings));
    }

    private static Charset declared(byte[] document, Findings findings) throws RefusedDocument {
        String head = new String(document, 0, Math.min(document.length, DECLARATION), StandardCharsets.ISO_8859_1);
        String name = declaredName(head);
        return switch (name) {
            case "", "utf-8", "utf8" -> StandardCharsets.UTF_8;
            case "us-ascii", "ascii" -> StandardCharsets.US_ASCII;
            case "iso-8859-1", "iso8859-1", "latin1", "latin-1" -> StandardCharsets.ISO_8859_1;
            case "windows-1252", "cp1252" -> Charset.forName("windows-1252");
            case "utf-16", "utf-16le", "utf-16be" -> {
                // Frameworks that build the document in a string declare the string's encoding and send UTF-8.
                String message =
                        "encoding of the document is declared as UTF-16, its bytes are not; it is read as UTF-8";
                findings.add(START, RcmlCode.SCHEMA_WARNING, message);
                yield StandardCharsets.UTF_8;
            }
            default ->
                throw new RefusedDocument(
                        START, "encoding " + Findings.quoted(name) + " is not read; UTF-8, UTF-16, ISO-8859-1 are");
        };
    }

    /** What stands behind {@code encoding=} in the XML declaration, in lower case; empty without one. */
    private static String declaredName(String head) {
        int end = head.startsWith("<?xml") ? head.indexOf("?>") : -1;
        int at = end < 0 ? -1 : head.indexOf("encoding", 5);
        if (at < 0 || at > end) {
            return "";
        }
        int open = at + "encoding".length();
        while (open < end && (head.charAt(open) == '=' || head.charAt(open) <= ' ')) {
            open++;
        }
        int close = open < end ? head.indexOf(head.charAt(open), open + 1) : -1;
        return close < 0 || close > end ? "" : head.substring(open + 1, close).toLowerCase(Locale.ROOT);
    }

    private static String decode(byte[] document, int from, Charset charset) throws RefusedDocument {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(document.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(document, from, document.length - from), out, true);
        String text = out.flip().toString().replace("\r\n", "\n").replace('\r', '\n');
        if (result.isError()) {
            throw new RefusedDocument(
                    new Lines(text).position(text.length()), "bytes are not " + charset.name() + " from here on");
        }
        return text;
    }
}

package teleapi.rest.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was sent as {@code a=1&b=2}, in a body or a query.
 *
 * <pre>
 * Shape   at most 200 parameters; UTF-8; no U+0000
 * Errors  Refused 400 when it is not well-formed: a half percent escape is not guessed at
 * Source  the WHATWG URL standard, application/x-www-form-urlencoded, read strictly
 * </pre>
 *
 * @param values by name, in order
 */
public record Form(Map<String, List<String>> values) {
    /** The longest call request has about 60. */
    private static final int MOST_PARAMETERS = 200;

    private static final int LONGEST_NAME = 100;

    public static final Form EMPTY = new Form(Map.of());

    public static Form parse(byte[] encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start < encoded.length; ) {
            int end = next(encoded, start, encoded.length, '&');
            if (end > start) {
                if (++count > MOST_PARAMETERS) {
                    throw Refused.with(Code.BAD_REQUEST, "more than " + MOST_PARAMETERS + " parameters");
                }
                int equals = next(encoded, start, end, '=');
                String name = decode(encoded, start, equals);
                String value = equals < end ? decode(encoded, equals + 1, end) : "";
                if (name.length() > LONGEST_NAME) {
                    throw Refused.with(Code.BAD_REQUEST, "a parameter name is longer than " + LONGEST_NAME);
                }
                values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            }
            start = end + 1;
        }
        return new Form(values);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    private static int next(byte[] bytes, int from, int to, char wanted) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private static String decode(byte[] bytes, int from, int to) {
        var plain = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < to ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < to ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw Refused.with(Code.BAD_REQUEST, "a percent escape is broken");
                }
                plain.write(high * 16 + low);
                i += 2;
            } else {
                plain.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return text(plain.toByteArray());
    }

    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.with(Code.BAD_REQUEST, "a parameter is not UTF-8");
        }
        if (text.indexOf('\0') >= 0) {
            throw Refused.with(Code.BAD_REQUEST, "a parameter contains U+0000");
        }
        return text;
    }
}

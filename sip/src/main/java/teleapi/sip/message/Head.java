package teleapi.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Start line and header lines of one message, read from bytes; what could be read stays, also when there is a problem. */
final class Head {
    // Owned by the thread that parses; not changed after read().

    /** All header lines together. */
    static final int LONGEST_BLOCK = 32_768;

    /** One header line, folds included; the longest honest ones are Identity and Authorization. */
    static final int LONGEST_LINE = 8_192;

    static final int MOST_HEADERS = 200;
    private static final int LONGEST_START_LINE = 4_096;

    private final byte[] bytes;
    private final int limit;
    private final List<Header> headers = new ArrayList<>(24);
    private int at;
    private boolean ended;
    private @Nullable Problem problem;
    private int contentLength = -1;

    // Of a request the first two, of a response the last two.
    private @Nullable String method;
    private String requestUri = "";
    private int status;
    private String reason = "";

    private Head(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.limit = to;
    }

    /** Null when it is no SIP at all. */
    static @Nullable Head read(byte[] bytes, int from, int to) {
        Head head = new Head(bytes, from, to);
        int lineEnd = endOfLine(bytes, from, Math.min(to, from + LONGEST_START_LINE));
        if (lineEnd < 0 || !head.readStartLine(from, lineEnd)) {
            return null;
        }
        head.at = Math.min(lineEnd + 2, to);
        head.readHeaders(head.at + LONGEST_BLOCK);
        return head;
    }

    /** The first problem found. */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** Where the body begins. */
    int end() {
        return at;
    }

    /** Whether the empty line was found. */
    boolean ended() {
        return ended;
    }

    /** Negative when there is none that can be read. */
    int contentLength() {
        return contentLength;
    }

    /** What was read, well or not; null when the start line holds neither a request nor a response. */
    @Nullable
    SipMessage message(byte[] body) {
        if (method != null) {
            return new SipRequest(method, requestUri, headers, body);
        }
        return status > 0 ? new SipResponse(status, reason, headers, body) : null;
    }

    private void note(int code, String text) {
        if (problem == null) {
            problem = new Problem(code, text);
        }
    }

    /** The place of the CRLF, the lone CR or LF, or -1 when the line does not end. */
    private static int endOfLine(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean isLineEnd(int i) {
        return i + 1 < limit && bytes[i] == '\r' && bytes[i + 1] == '\n';
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    // Request-Line = Method SP Request-URI SP SIP-Version; Status-Line = SIP-Version SP Status-Code SP Reason-Phrase
    private boolean readStartLine(int from, int end) {
        String line = text(from, end);
        if (!isLineEnd(end)) {
            note(400, "start line without CRLF");
        }
        if (line.indexOf('\0') >= 0) {
            note(400, "NUL in the start line");
            line = line.replace('\0', ' ');
        }
        if (line.regionMatches(true, 0, "SIP/", 0, 4)) {
            readStatusLine(line);
            return true;
        }
        int versionAt = lastVersion(line);
        int methodEnd = Chars.tokenEnd(line, 0);
        if (versionAt < 0 || methodEnd == 0) {
            return false;
        }
        method = line.substring(0, methodEnd);
        String uri = line.substring(methodEnd, versionAt);
        String version = line.substring(versionAt + 1);
        requestUri = uri.trim();
        if (requestUri.isEmpty() || uri.length() != requestUri.length() + 1 || uri.charAt(0) != ' ') {
            note(400, "start line without single spaces");
        }
        if (!version.equalsIgnoreCase("SIP/2.0")) {
            note(isVersion(version) ? 505 : 400, "SIP version");
        }
        return true;
    }

    // where " SIP/" begins for the last time
    private static int lastVersion(String line) {
        for (int i = line.length() - 5; i > 0; i--) {
            if (line.regionMatches(true, i, " SIP/", 0, 5)) {
                return i;
            }
        }
        return -1;
    }

    // "SIP" "/" 1*DIGIT "." 1*DIGIT
    private static boolean isVersion(String text) {
        int dot = text.indexOf('.');
        return dot > 4 && areDigits(text, 4, dot) && areDigits(text, dot + 1, text.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    private void readStatusLine(String line) {
        int space = line.indexOf(' ');
        String version = space < 0 ? line : line.substring(0, space);
        if (!version.equalsIgnoreCase("SIP/2.0")) {
            note(400, "SIP version");
            return;
        }
        int codeEnd = line.indexOf(' ', space + 1);
        // The space before an empty phrase is often forgotten.
        int end = codeEnd < 0 ? line.length() : codeEnd;
        OptionalLong code = Numbers.read(line, space + 1, end, 699);
        if (space < 0 || end - space != 4 || code.isEmpty() || code.getAsLong() < 100) {
            note(400, "status code");
            return;
        }
        status = (int) code.getAsLong();
        reason = codeEnd < 0 ? "" : line.substring(codeEnd + 1);
    }

    private void readHeaders(int blockLimit) {
        while (at < limit) {
            if (isLineEnd(at)) {
                at += 2;
                ended = true;
                return;
            }
            if (headers.size() == MOST_HEADERS || at > blockLimit) {
                note(513, "too many or too long headers");
                return;
            }
            readHeader();
        }
        note(400, "headers without an end");
    }

    private void readHeader() {
        int nameStart = at;
        int i = at;
        while (i < limit && Chars.isToken(bytes[i])) {
            i++;
        }
        int nameEnd = i;
        while (i < limit && Chars.isSpace(bytes[i])) {
            i++;
        }
        boolean named = nameEnd > nameStart && i < limit && bytes[i] == ':';
        if (!named) {
            note(400, "header line without a name");
        }
        // §7.3.1: a line goes on in the next one that begins with white space
        int valueStart = named ? i + 1 : i;
        boolean plain = true;
        i = valueStart;
        while (i < limit) {
            byte b = bytes[i];
            if (b == '\r' && isLineEnd(i)) {
                if (i + 2 < limit && Chars.isSpace(bytes[i + 2])) {
                    plain = false;
                    i += 2;
                } else {
                    break;
                }
            } else if (isControl(b)) {
                plain = false;
            }
            i++;
        }
        at = Math.min(i + 2, limit);
        if (i == limit) {
            note(400, "headers without an end");
        }
        if (i - nameStart > LONGEST_LINE) {
            note(513, "header line too long");
        } else if (named) {
            String value = plain ? trimmed(bytes, valueStart, i) : unfold(valueStart, i);
            if (value != null) {
                add(HeaderNames.usual(bytes, nameStart, nameEnd), value);
            }
        }
    }

    private static String trimmed(byte[] bytes, int from, int to) {
        int start = from;
        while (start < to && Chars.isSpace(bytes[start])) {
            start++;
        }
        int end = to;
        while (end > start && Chars.isSpace(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Folds become a space each; null when a control character stands where none may. */
    private @Nullable String unfold(int from, int to) {
        byte[] unfolded = new byte[to - from + 2];
        int length = 0;
        for (int i = skipFold(from, to); i < to; i++) {
            byte b = bytes[i];
            boolean escaped = length > 0 && unfolded[length - 1] == '\\';
            if (b == '\r' && isLineEnd(i)) {
                i = skipFold(i, to) - 1;
                unfolded[length++] = ' ';
            } else if (b == '\r' || b == '\n' || (isControl(b) && !escaped)) {
                note(400, "control character in a header");
                return null;
            } else {
                unfolded[length++] = b;
            }
        }
        // A NUL may stand in a quoted pair (§25.1); inside the house no value has one.
        return trimmed(unfolded, 0, length).replace('\0', '\uFFFD');
    }

    private int skipFold(int from, int to) {
        int i = from;
        while (i < to && (Chars.isSpace(bytes[i]) || (bytes[i] == '\r' && isLineEnd(i)))) {
            i += bytes[i] == '\r' ? 2 : 1;
        }
        return i;
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t') || b == 0x7F;
    }

    private void add(String name, String value) {
        headers.add(new Header(name, value));
        if (name.equals("Content-Length")) {
            OptionalLong length = Numbers.read(value, Integer.MAX_VALUE);
            if (length.isEmpty() || contentLength >= 0) {
                note(400, "Content-Length");
                contentLength = -1;
            } else {
                contentLength = (int) length.getAsLong();
            }
        }
    }
}

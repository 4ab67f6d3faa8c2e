package teleapi.media.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import teleapi.media.sdp.SdpReading.Described;
import teleapi.media.sdp.SdpReading.Unreadable;

/**
 * Reads SDP in one pass.
 *
 * <pre>
 * Shape   strict where a wrong guess would send sound astray (m=, c=, o=), tolerant elsewhere: bare LF, missing s= or t=, unknown lines
 * Thread  the caller's; one parser per text
 * Errors  Unreadable with the line; never an exception, whatever the bytes
 * Source  RFC 8866 §5, §9
 * </pre>
 */
public final class SdpParser {
    /** A browser's offer has about 6 KiB; a UDP datagram cannot carry more than this. */
    private static final int LARGEST = 64 * 1024;

    private static final int MOST_SECTIONS = 20;
    private static final int MOST_LINES = 200;
    private static final int MOST_FORMATS = 64;

    private final String text;
    private int line;

    private @Nullable Origin origin;
    private Optional<String> sessionHost = Optional.empty();
    private final List<Attribute> sessionAttributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();

    private int linesOfSection;
    private @Nullable MediaDescription section;
    private Optional<String> host = Optional.empty();
    private List<Attribute> attributes = new ArrayList<>();

    private SdpParser(String text) {
        this.text = text;
    }

    public static SdpReading parse(byte[] sdp) {
        if (sdp.length > LARGEST) {
            return new Unreadable("SDP of " + sdp.length + " bytes, limit " + LARGEST);
        }
        return new SdpParser(new String(sdp, StandardCharsets.UTF_8)).read();
    }

    private SdpReading read() {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            end = end < 0 ? text.length() : end;
            if (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            line++;
            Optional<String> wrong = take(text.substring(at, end));
            if (wrong.isPresent()) {
                return new Unreadable("SDP line " + line + ": " + wrong.get());
            }
            at = next;
        }
        closeSection();
        Origin who = origin;
        if (who == null) {
            return new Unreadable("SDP without o=");
        }
        return new Described(new SessionDescription(who, sessionHost, sessionAttributes, media));
    }

    /** Takes one line; says what is wrong with it, if something is. */
    private Optional<String> take(String whole) {
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        if (whole.length() < 2 || whole.charAt(1) != '=') {
            return Optional.of("no type=value");
        }
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) < ' ' && whole.charAt(i) != '\t') {
                return Optional.of("control character");
            }
        }
        if (++linesOfSection > MOST_LINES) {
            return Optional.of("more than " + MOST_LINES + " lines in a section");
        }
        char type = whole.charAt(0);
        String value = whole.substring(2).strip();
        if (line == 1) {
            return type == 'v' && value.equals("0") ? Optional.empty() : Optional.of("not v=0");
        }
        return switch (type) {
            case 'v' -> Optional.of("a second v=");
            case 'o' -> origin(value);
            case 'c' -> connection(value);
            case 'm' -> section(value);
            case 'a' -> attribute(value);
            default -> Optional.empty();
        };
    }

    private Optional<String> origin(String value) {
        if (origin != null || section != null) {
            return Optional.of("o= out of place");
        }
        List<String> words = words(value, 7);
        if (words.size() != 6) {
            return Optional.of("o= has not six words");
        }
        origin = new Origin(words.get(0), words.get(1), words.get(2), words.get(5));
        return Optional.empty();
    }

    /** RFC 8866 §5.7: {@code IN IP4 address[/ttl[/count]]}, {@code IN IP6 address[/count]}. */
    private Optional<String> connection(String value) {
        List<String> words = words(value, 4);
        if (words.size() != 3
                || !words.get(0).equals("IN")
                || !(words.get(1).equals("IP4") || words.get(1).equals("IP6"))) {
            return Optional.of("c= is not IN IP4 or IN IP6 with an address");
        }
        String address = words.get(2);
        int slash = address.indexOf('/');
        Optional<String> bare = Optional.of(slash < 0 ? address : address.substring(0, slash));
        if (section == null) {
            sessionHost = bare;
        } else if (host.isEmpty()) {
            host = bare;
        }
        return Optional.empty();
    }

    private Optional<String> section(String value) {
        closeSection();
        if (media.size() == MOST_SECTIONS) {
            return Optional.of("more than " + MOST_SECTIONS + " m= lines");
        }
        List<String> words = words(value, 3 + MOST_FORMATS + 1);
        if (words.size() < 4 || words.size() > 3 + MOST_FORMATS) {
            return Optional.of("m= has not 1 to " + MOST_FORMATS + " formats");
        }
        for (String word : words) {
            if (!isToken(word)) {
                return Optional.of("m= with a character that is not allowed");
            }
        }
        String port = words.get(1);
        int slash = port.indexOf('/');
        OptionalInt number = number(slash < 0 ? port : port.substring(0, slash), 65_535);
        if (number.isEmpty()) {
            return Optional.of("m= with a port that is none");
        }
        section = new MediaDescription(
                words.get(0),
                number.getAsInt(),
                words.get(2),
                words.subList(3, words.size()),
                Optional.empty(),
                List.of());
        linesOfSection = 1;
        return Optional.empty();
    }

    private Optional<String> attribute(String value) {
        int colon = value.indexOf(':');
        Attribute attribute = colon < 0
                ? Attribute.flag(value)
                : new Attribute(
                        value.substring(0, colon), value.substring(colon + 1).strip());
        (section == null ? sessionAttributes : attributes).add(attribute);
        return Optional.empty();
    }

    private void closeSection() {
        MediaDescription open = section;
        if (open != null) {
            media.add(
                    new MediaDescription(open.kind(), open.port(), open.protocol(), open.formats(), host, attributes));
            section = null;
            host = Optional.empty();
            attributes = new ArrayList<>();
        }
    }

    /** At most {@code most} words, so that a line of blanks and letters makes no long list. */
    static List<String> words(String value, int most) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < value.length() && words.size() < most) {
            if (value.charAt(at) == ' ' || value.charAt(at) == '\t') {
                at++;
                continue;
            }
            int end = at;
            while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != '\t') {
                end++;
            }
            words.add(value.substring(at, end));
            at = end;
        }
        return words;
    }

    /** A decimal number from 0 to {@code most}, digits only. */
    static OptionalInt number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 9) {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return OptionalInt.empty();
            }
            number = number * 10 + digit - '0';
        }
        return number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** What we may have to send back must be plain: visible ASCII. */
    private static boolean isToken(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) <= ' ' || word.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}

package teleapi.rest.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;

/**
 * Turns what was sent into values that cannot be wrong. Absent and empty are the same, except where a text may be emptied.
 *
 * <pre>
 * Errors  Refused 400, naming the parameter; also when one that has one value comes twice
 * </pre>
 */
public record Parameters(Form form) {
    /** The longest URL that common servers accept. */
    private static final int LONGEST_URL = 4_000;

    private static final int LONGEST_TEXT = 256;

    /** Whether it was sent at all. */
    public boolean has(String name) {
        return !form.all(name).isEmpty();
    }

    /** What makes no sense beside the others: the first of these that was sent is refused. */
    public void refuse(List<String> names, Code code, String why) {
        for (String name : names) {
            if (has(name)) {
                throw Refused.parameter(code, name, why);
            }
        }
    }

    /** One line of text. */
    public Optional<String> text(String name) {
        return text(name, LONGEST_TEXT);
    }

    public Optional<String> text(String name, int longest) {
        Optional<String> text = raw(name);
        String value = text.orElse("");
        if (value.length() > longest) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "longer than " + longest + " characters");
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "contains control characters");
        }
        return value.isEmpty() ? Optional.empty() : text;
    }

    /**
     * A number or another address. A + that was not encoded arrives as a space, and no address begins with one: {@code From= 15550100} can
     * only have meant +15550100.
     */
    public Optional<String> address(String name, int longest) {
        return text(name, longest).map(text -> {
            boolean plus = text.length() > 1
                    && text.charAt(0) == ' '
                    && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
            return plus ? "+" + text.substring(1) : text;
        });
    }

    /** As it was sent, whatever is in it. */
    public Optional<String> raw(String name) {
        List<String> values = form.all(name);
        if (values.size() > 1) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "given more than once");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** An absolute http or https URL with a host. */
    public Optional<String> url(String name) {
        return text(name, LONGEST_URL).map(url -> {
            if (!absolute(url)) {
                throw Refused.parameter(Code.URL_INVALID, name, Code.URL_INVALID.title());
            }
            return url;
        });
    }

    public Optional<HttpMethod> method(String name) {
        return text(name).map(method -> switch (method.toUpperCase(Locale.ROOT)) {
            case "GET" -> HttpMethod.GET;
            case "POST" -> HttpMethod.POST;
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, name, "must be GET or POST");
        });
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(flag -> switch (flag.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, name, "must be true or false");
        });
    }

    public Optional<Integer> number(String name, int lowest, int highest) {
        return text(name).map(text -> {
            int number = digits(text);
            if (number < lowest || number > highest) {
                throw Refused.parameter(
                        Code.INVALID_PARAMETER, name, "must be a number from " + lowest + " to " + highest);
            }
            return number;
        });
    }

    public Optional<Sid> sid(String name, String kind) {
        return text(name)
                .map(text -> Sid.parse(kind, text)
                        .orElseThrow(() ->
                                Refused.parameter(Code.INVALID_PARAMETER, name, "must be a Sid (" + kind + "…)")));
    }

    /** A day ({@code 2026-11-23}: its first instant) or an instant ({@code 2026-11-23T10:15:30Z}). */
    public Optional<Instant> instant(String name) {
        return text(name).map(text -> parse(name, text));
    }

    /** The end of it: of a day the first instant of the next one, of an instant itself. */
    public Optional<Instant> instantAfter(String name) {
        return text(name).map(text -> {
            Instant start = parse(name, text);
            return day(text) ? start.plusSeconds(86_400) : start;
        });
    }

    private static Instant parse(String name, String text) {
        try {
            return day(text)
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : inRange(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Refused.parameter(
                    Code.INVALID_PARAMETER, name, "must be a date like 2026-11-23 or 2026-11-23T10:15:30Z");
        }
    }

    /** Years that every database can compare with. */
    private static Instant inRange(Instant instant) {
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
            throw new DateTimeParseException("out of range", instant.toString(), 0);
        }
        return instant;
    }

    private static boolean day(String text) {
        return text.length() == 10;
    }

    private static boolean absolute(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Minus one when it is no number of at most nine digits. */
    private static int digits(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}

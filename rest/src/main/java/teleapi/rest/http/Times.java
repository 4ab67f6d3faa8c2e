package teleapi.rest.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as the API writes them. */
final class Times {
    /** RFC 2822 §3.3 with a two-digit day and a true weekday: one SDK turns anything else into null. */
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static String rfc2822(Instant instant) {
        return RFC_2822.format(instant);
    }

    static String iso(Instant instant) {
        return ISO.format(instant);
    }
}

package teleapi.call.webhook;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long an answer may be used again, and how to ask whether it is still right.
 *
 * @param store whether it may be kept at all
 * @param age for how long; empty: it does not say
 * @param conditions the headers of a request that is answered with 304 when nothing has changed; empty: there is no such request
 */
public record Freshness(boolean store, Optional<Duration> age, Map<String, String> conditions) {
    /** It says nothing. */
    public static final Freshness UNKNOWN = new Freshness(true, Optional.empty(), Map.of());

    /** As long as a validator may be, which is sent back with every request. */
    private static final int MAX_VALIDATOR = 256;

    private static final Duration LONGEST = Duration.ofDays(1);

    public Freshness {
        conditions = Map.copyOf(conditions);
    }

    /** From Cache-Control, ETag and Last-Modified (RFC 9111 §5.2.2, RFC 9110 §8.8); each empty when it is absent. */
    static Freshness of(String cacheControl, String etag, String lastModified) {
        boolean store = true;
        Optional<Duration> age = Optional.empty();
        boolean shared = false;
        for (String word : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
            String directive = word.strip();
            switch (directive) {
                case "no-store", "private" -> store = false;
                case "no-cache" -> {
                    age = Optional.of(Duration.ZERO);
                    shared = true;
                }
                default -> {
                    // We are a shared cache: s-maxage comes before max-age.
                    boolean ours = directive.startsWith("s-maxage=");
                    if (ours || (directive.startsWith("max-age=") && !shared)) {
                        age = seconds(directive.substring(directive.indexOf('=') + 1))
                                .or(() -> Optional.of(Duration.ZERO));
                        shared |= ours;
                    }
                }
            }
        }
        var conditions = new TreeMap<String, String>();
        if (usable(etag)) {
            conditions.put("If-None-Match", etag);
        }
        if (usable(lastModified)) {
            conditions.put("If-Modified-Since", lastModified);
        }
        return new Freshness(store, age, conditions);
    }

    private static Optional<Duration> seconds(String text) {
        String digits = text.replace("\"", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long seconds = digits.length() > 9 ? LONGEST.toSeconds() : Long.parseLong(digits);
        return Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
    }

    private static boolean usable(String validator) {
        return !validator.isEmpty()
                && validator.length() <= MAX_VALIDATOR
                && validator.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}

package teleapi.rest.resource;

import java.time.Duration;
import java.util.List;

/**
 * How long a client wants to wait: one second unless it says.
 *
 * <pre>
 * Source  RFC 7240 §4.1 respond-async, §4.3 wait; what is not understood is ignored (§2)
 * </pre>
 */
record Prefer(Duration longest) {
    private static final Duration USUAL = Duration.ofSeconds(1);

    /** Longer and proxies give up before we do. */
    private static final int LONGEST_SECONDS = 30;

    static Prefer of(List<String> header) {
        Prefer prefer = new Prefer(USUAL);
        for (String value : header) {
            for (String preference : value.split(",", 20)) {
                String word = preference.strip();
                if (word.equalsIgnoreCase("respond-async")) {
                    return new Prefer(Duration.ZERO);
                }
                if (word.regionMatches(true, 0, "wait=", 0, 5)) {
                    prefer = seconds(word.substring(5), prefer);
                }
            }
        }
        return prefer;
    }

    private static Prefer seconds(String text, Prefer otherwise) {
        boolean digits = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? new Prefer(Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(text)))) : otherwise;
    }
}

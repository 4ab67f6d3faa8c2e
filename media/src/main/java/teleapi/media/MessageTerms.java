package teleapi.media;

import java.time.Duration;

/**
 * When the recording of a message ends by itself, and what of it is kept.
 *
 * <pre>
 * Units   whole frames of 20 ms
 * </pre>
 *
 * @param silence it ends when nothing has been said for so long
 * @param length it ends when it is so long; what is left out does not count
 * @param trimmed whether the silence before and after what is said is left out, but for a moment
 */
public record MessageTerms(Duration silence, Duration length, boolean trimmed) {}

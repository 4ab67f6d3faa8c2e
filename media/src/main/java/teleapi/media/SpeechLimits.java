package teleapi.media;

import java.time.Duration;

/**
 * When something said is over.
 *
 * <pre>
 * Units   whole frames of 20 ms
 * </pre>
 *
 * @param pause so long a silence ends it
 * @param longest it ends when it is so long
 */
public record SpeechLimits(Duration pause, Duration longest) {}

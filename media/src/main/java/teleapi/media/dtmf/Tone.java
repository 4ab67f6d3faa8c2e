package teleapi.media.dtmf;

/**
 * A tone that is heard.
 *
 * @param dbfs its level below the loudest sine there is
 */
public record Tone(double hertz, double dbfs) {}

package teleapi.call.bridge;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import teleapi.rcml.HttpMethod;

/**
 * Who is told of a conference: what its first participant asked for.
 *
 * @param url absolute
 */
public record ConferenceCallback(String url, HttpMethod method, Set<Topic> topics) {
    public ConferenceCallback {
        topics = Set.copyOf(topics);
    }

    /** What one can subscribe to; the words of statusCallbackEvent. */
    public enum Topic {
        START,
        END,
        JOIN,
        LEAVE,
        MUTE,
        HOLD,
        MODIFY,
        SPEAKER,
        ANNOUNCEMENT
    }

    /** What a Conference noun subscribes to; {@code url} is its statusCallback, resolved. */
    public static ConferenceCallback of(String url, teleapi.rcml.Conference terms) {
        return new ConferenceCallback(
                url,
                terms.statusCallbackMethod(),
                terms.statusCallbackEvents().stream()
                        .map(word -> Topic.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()));
    }
}

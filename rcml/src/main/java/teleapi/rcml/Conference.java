package teleapi.rcml;

import java.util.List;
import java.util.Optional;

/**
 * A room of the account by name.
 *
 * @param waitUrl what is heard until the conference starts: empty Optional = the built-in music, empty text = silence
 */
public record Conference(
        Position position,
        String name,
        boolean muted,
        boolean startConferenceOnEnter,
        boolean endConferenceOnExit,
        boolean beepOnEnter,
        boolean beepOnExit,
        Optional<String> waitUrl,
        HttpMethod waitMethod,
        int maxParticipants,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        List<String> statusCallbackEvents)
        implements Noun {}

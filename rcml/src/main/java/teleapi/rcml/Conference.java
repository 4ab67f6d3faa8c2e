package teleapi.rcml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A room of the account by name.
 *
 * @param waitUrl what is heard until the conference starts: empty Optional = the built-in music, empty text = silence
 * @param coach the CallSid of the participant who alone hears this one
 * @param statusCallbackEvents of start, end, join, leave, mute, hold, modify, speaker, announcement
 * @param recording empty: it does not say whether the room is recorded
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
        List<String> statusCallbackEvents,
        Optional<String> coach,
        Optional<ConferenceRecording> recording)
        implements Noun {
    public static final int MAX_NAME = 128;
    public static final int DEFAULT_PARTICIPANTS = 40;
    /** What one mixer carries. */
    public static final int MAX_PARTICIPANTS = 250;

    public static final Set<String> EVENTS =
            Set.of("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement");
    public static final List<String> DEFAULT_EVENTS = List.of("start", "end");

    /** The same terms, with another sound to wait with. */
    public Conference waitingWith(String url, HttpMethod method) {
        return new Conference(
                position,
                name,
                muted,
                startConferenceOnEnter,
                endConferenceOnExit,
                beepOnEnter,
                beepOnExit,
                Optional.of(url),
                method,
                maxParticipants,
                statusCallback,
                statusCallbackMethod,
                statusCallbackEvents,
                coach,
                recording);
    }

    /** The same terms, with another word on the recording. */
    public Conference recorded(Optional<ConferenceRecording> other) {
        return new Conference(
                position,
                name,
                muted,
                startConferenceOnEnter,
                endConferenceOnExit,
                beepOnEnter,
                beepOnExit,
                waitUrl,
                waitMethod,
                maxParticipants,
                statusCallback,
                statusCallbackMethod,
                statusCallbackEvents,
                coach,
                other);
    }

    /** The same terms, with other manners of leaving. */
    public Conference leaving(boolean ends, boolean beeps) {
        return new Conference(
                position,
                name,
                muted,
                startConferenceOnEnter,
                ends,
                beepOnEnter,
                beeps,
                waitUrl,
                waitMethod,
                maxParticipants,
                statusCallback,
                statusCallbackMethod,
                statusCallbackEvents,
                coach,
                recording);
    }

    /** The same terms, heard by the others or not. */
    public Conference mutedOrNot(boolean silent) {
        return new Conference(
                position,
                name,
                silent,
                startConferenceOnEnter,
                endConferenceOnExit,
                beepOnEnter,
                beepOnExit,
                waitUrl,
                waitMethod,
                maxParticipants,
                statusCallback,
                statusCallbackMethod,
                statusCallbackEvents,
                coach,
                recording);
    }

    /** The same terms for somebody else: whom the room tells of itself, and whether it is recorded, is settled. */
    public Conference handedOn(Optional<String> waitsWith) {
        return new Conference(
                position,
                name,
                muted,
                startConferenceOnEnter,
                endConferenceOnExit,
                beepOnEnter,
                beepOnExit,
                waitsWith,
                waitMethod,
                maxParticipants,
                Optional.empty(),
                statusCallbackMethod,
                statusCallbackEvents,
                coach,
                Optional.empty());
    }

    public Conference {
        Checked.length("name of Conference", name, 1, MAX_NAME);
        Checked.range("maxParticipants of Conference", maxParticipants, 1, MAX_PARTICIPANTS);
        statusCallbackEvents = Checked.events("statusCallbackEvents of Conference", statusCallbackEvents, EVENTS);
    }
}
